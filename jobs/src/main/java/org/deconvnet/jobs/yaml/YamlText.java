package org.deconvnet.jobs.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** The characters of a file, or a mistake that says why it is no text. */
final class YamlText {
  /** Ten thousand times a configuration: what is larger was not meant. */
  static final int MOST_BYTES = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private YamlText() {}

  /**
   * @param file for messages
   * @param bytes all of the file, or more than {@link #MOST_BYTES} of it
   */
  static String decode(String file, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw noText(file, "more than %d bytes".formatted(MOST_BYTES));
    }
    if (isUtf16(bytes)) {
      throw noText(file, "UTF-16, as its byte order mark says; save it as UTF-8");
    }
    requireNoControls(file, bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(rest, text, true);
    String read = text.flip().toString();
    if (result.isError()) {
      throw end(file, read)
          .mistake(
              "expected UTF-8 text, got the byte 0x%02X; save the file as UTF-8"
                  .formatted(bytes[rest.position()]));
    }
    // Editors on Windows put it there; it means nothing in UTF-8.
    return read.isEmpty() || read.charAt(0) != BYTE_ORDER_MARK ? read : read.substring(1);
  }

  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int mark = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    return mark == 0xFEFF || mark == 0xFFFE;
  }

  /** Tabs and ends of lines are YAML's own to judge. */
  private static void requireNoControls(String file, byte[] bytes) {
    for (byte one : bytes) {
      if (one >= 0 && one < ' ' && one != '\n' && one != '\r' && one != '\t' || one == 0x7F) {
        throw noText(file, "the byte 0x%02X; is it a binary file?".formatted(one));
      }
    }
  }

  /** The place after the last character. */
  private static Place end(String file, String text) {
    int lines = (int) text.chars().filter(c -> c == '\n').count();
    return new Place(file, lines + 1, text.length() - text.lastIndexOf('\n'));
  }

  private static YamlMistakeException noText(String file, String got) {
    return new YamlMistakeException("%s: expected a YAML file, got %s".formatted(file, got));
  }
}
