package org.deconvnet.preprocess;

import java.util.Arrays;
import java.util.Optional;

/** The formats the decoder reads, told by their first bytes and never by a file's name. */
enum ImageFormat {
  /** A scan of nothing but first coefficients has a bit for 64 pixels, with a margin of four. */
  JPEG(2048),
  /** Eight pixels a byte, which deflate makes smaller by 1032 at most. */
  PNG(8 * 1032),
  /** A code of 12 bits stands for 4096 pixels at most. */
  GIF(4096),
  /** Two bytes for a run of 255 pixels. */
  BMP(256),
  PNM(8),
  /** A blank row of a fax is one bit, and some 8192 pixels. */
  TIFF(8 * 8192),
  /** An image of one colour is a few dozen bytes, of any size that the format has. */
  WEBP(1 << 22);

  private final int pixelsOfAByte;

  ImageFormat(int pixelsOfAByte) {
    this.pixelsOfAByte = pixelsOfAByte;
  }

  /** More pixels than a file of so many bytes can hold: its header lies, or its end is missing. */
  long mostPixels(long bytes) {
    return bytes * pixelsOfAByte;
  }

  static Optional<ImageFormat> of(byte[] content) {
    if (isJpeg(content)) {
      return Optional.of(JPEG);
    }
    if (startsWith(content, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of(PNG);
    }
    if (startsWith(content, 'G', 'I', 'F', '8')) {
      return Optional.of(GIF);
    }
    if (startsWith(content, 'B', 'M')) {
      return Optional.of(BMP);
    }
    if (startsWith(content, 'I', 'I', 42, 0) || startsWith(content, 'M', 'M', 0, 42)) {
      return Optional.of(TIFF);
    }
    if (startsWith(content, 'R', 'I', 'F', 'F')
        && content.length >= 12
        && startsWith(Arrays.copyOfRange(content, 8, 12), 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    }
    return isPortableMap(content) ? Optional.of(PNM) : Optional.empty();
  }

  /** The start marker and another; like every marker, the first may have fill bytes before it. */
  private static boolean isJpeg(byte[] content) {
    int at = 0;
    while (at + 1 < content.length
        && content[at] == (byte) 0xFF
        && content[at + 1] == content[at]) {
      at++;
    }
    return at + 2 < content.length
        && content[at] == (byte) 0xFF
        && content[at + 1] == (byte) 0xD8
        && content[at + 2] == (byte) 0xFF;
  }

  /** P1 to P6 and then white space or a comment, lest any text that begins with "P5" pass. */
  private static boolean isPortableMap(byte[] content) {
    return content.length > 2
        && content[0] == 'P'
        && content[1] >= '1'
        && content[1] <= '6'
        && (Character.isWhitespace(content[2]) || content[2] == '#');
  }

  private static boolean startsWith(byte[] content, int... magic) {
    if (content.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((content[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
