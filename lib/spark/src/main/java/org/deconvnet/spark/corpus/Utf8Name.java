package org.deconvnet.spark.corpus;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A file name of this machine, read as UTF-8 whatever the JVM's locale is. Java's own texts of
 * names follow {@code sun.jnu.encoding}, which without a UTF-8 locale holds ASCII alone; a {@code
 * file:} address carries the bytes themselves, both ways.
 *
 * @param text bytes that are no UTF-8 are written as {@code \xFF}
 */
record Utf8Name(String text, boolean isValid) {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static Utf8Name of(Path file) {
    String text = file.getFileName().toString();
    return text.chars().allMatch(c -> c < 0x80) ? new Utf8Name(text, true) : decoded(bytes(file));
  }

  private static byte[] bytes(Path file) {
    String address = file.toUri().toASCIIString();
    // That of a folder ends in a slash.
    int end = address.endsWith("/") ? address.length() - 1 : address.length();
    String name = address.substring(address.lastIndexOf('/', end - 1) + 1, end);
    ByteBuffer bytes = ByteBuffer.allocate(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.put((byte) HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else {
        bytes.put((byte) name.charAt(i));
      }
    }
    byte[] all = new byte[bytes.position()];
    bytes.flip().get(all);
    return all;
  }

  private static Utf8Name decoded(byte[] name) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(name);
    CharBuffer text = CharBuffer.allocate(4 * name.length);
    boolean valid = true;
    CoderResult result = decoder.decode(bytes, text, true);
    while (result.isError()) {
      valid = false;
      for (int i = 0; i < result.length(); i++) {
        text.put("\\x").put(HEX.toHexDigits(bytes.get()));
      }
      result = decoder.decode(bytes, text, true);
    }
    return new Utf8Name(text.flip().toString(), valid);
  }

  /** The file of an absolute path whose names are UTF-8. */
  static Path path(String absolute) {
    StringBuilder address = new StringBuilder("file://");
    for (byte b : absolute.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        address.append((char) b);
      } else {
        address.append('%').append(HEX.toHexDigits(b));
      }
    }
    return Path.of(URI.create(address.toString()));
  }
}
