package org.deconvnet.preprocess;

import java.util.zip.CRC32;

/** Steps from chunk to chunk of a PNG, by their lengths. For one thread. */
final class PngChunks {
  static final int IEND = 0x49454E44;
  static final int EXIF = 0x65584966;

  private static final int SIGNATURE = 8;

  /** Length, type and checksum. */
  private static final int FRAME = 12;

  private final byte[] content;
  private int start;
  private int length;
  private long next = SIGNATURE;

  PngChunks(byte[] content) {
    this.content = content;
  }

  /** Goes on to the next chunk; false if the content ends before it does. */
  boolean next() {
    if (next + FRAME > content.length) {
      return false;
    }
    long bytes = unsigned((int) next);
    if (next + FRAME + bytes > content.length) {
      return false;
    }
    start = (int) next;
    length = (int) bytes;
    next += FRAME + bytes;
    return true;
  }

  int type() {
    return (int) unsigned(start + 4);
  }

  /** Decoding needs it: a large first letter. */
  boolean isCritical() {
    return Character.isUpperCase(content[start + 4]);
  }

  /** Where its data begin. */
  int from() {
    return start + 8;
  }

  /** Where its data end. */
  int to() {
    return start + 8 + length;
  }

  boolean checksumHolds() {
    CRC32 sum = new CRC32();
    sum.update(content, start + 4, length + 4);
    return sum.getValue() == unsigned(to());
  }

  private long unsigned(int at) {
    return (content[at] & 0xFFL) << 24
        | (content[at + 1] & 0xFF) << 16
        | (content[at + 2] & 0xFF) << 8
        | (content[at + 3] & 0xFF);
  }
}
