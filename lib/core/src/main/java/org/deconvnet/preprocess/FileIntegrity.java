package org.deconvnet.preprocess;

import java.util.zip.CRC32;

/**
 * Whether a file holds all its image, seen from its structure alone. Decoders fill what is missing
 * with grey and report success, so their success proves nothing.
 */
enum FileIntegrity {
  COMPLETE,
  TRUNCATED,
  DAMAGED;

  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;

  /** Encoders make about ten; every scan passes over the whole image, which a few bytes can ask. */
  private static final int MOST_SCANS = 500;

  private static final int PNG_SIGNATURE = 8;

  /** Bytes of a GIF's signature and screen descriptor. */
  private static final int GIF_SCREEN = 13;

  /** Formats without a structure worth walking count as complete: their decoders notice the end. */
  static FileIntegrity of(ImageFormat format, byte[] content) {
    return switch (format) {
      case JPEG -> ofJpeg(content);
      case PNG -> ofPng(content);
      case GIF -> ofGif(content);
      case BMP, PNM -> COMPLETE;
    };
  }

  /**
   * Walks the segments by their lengths, so that the end marker of an embedded thumbnail does not
   * count, up to the end marker; what follows it does not matter (ITU-T T.81, annex B).
   */
  private static FileIntegrity ofJpeg(byte[] content) {
    int at = 2;
    int scans = 0;
    while (at + 1 < content.length) {
      int marker = content[at + 1] & 0xFF;
      if (content[at] != (byte) 0xFF || marker == 0xFF) {
        at++; // coded data, or a fill byte before a marker
      } else if (marker == END_OF_IMAGE) {
        return COMPLETE;
      } else if (standsAlone(marker)) {
        at += 2;
      } else if (at + 3 < content.length) {
        scans += marker == START_OF_SCAN ? 1 : 0;
        if (scans > MOST_SCANS) {
          return DAMAGED;
        }
        at += 2 + ((content[at + 2] & 0xFF) << 8 | (content[at + 3] & 0xFF));
      } else {
        return TRUNCATED;
      }
    }
    return TRUNCATED;
  }

  /** A stuffed 0xFF, TEM, a restart or a start marker: no length follows. */
  private static boolean standsAlone(int marker) {
    return marker <= 0x01 || (marker >= 0xD0 && marker <= 0xD8);
  }

  /** Walks the chunks up to IEND; checksums count for the chunks that decoding needs. */
  private static FileIntegrity ofPng(byte[] content) {
    long at = PNG_SIGNATURE;
    while (at + 12 <= content.length) {
      int start = (int) at;
      long length = unsigned(content, start);
      if (at + 12 + length > content.length) {
        return TRUNCATED;
      }
      boolean needed = Character.isUpperCase(content[start + 4]);
      if (needed && !checksumHolds(content, start + 4, (int) length + 4)) {
        return DAMAGED;
      }
      if (unsigned(content, start + 4) == 0x49454E44) { // "IEND"
        return COMPLETE;
      }
      at += 12 + length;
    }
    return TRUNCATED;
  }

  /**
   * Walks the blocks up to the end of the first image (GIF89a, section 12 on); many sound files
   * lack the trailer, so that does not count. The JDK reports the end as a wrong block length.
   */
  private static FileIntegrity ofGif(byte[] content) {
    int at = GIF_SCREEN + colourTable(content, GIF_SCREEN - 3);
    while (at < content.length && content[at] == '!') {
      at = afterSubBlocks(content, at + 2);
    }
    if (at < content.length && content[at] != ',') {
      return DAMAGED;
    }
    int coded = at + 10 + colourTable(content, at + 9) + 1;
    return afterSubBlocks(content, coded) <= content.length ? COMPLETE : TRUNCATED;
  }

  /** Bytes of the colour table that these flags announce. */
  private static int colourTable(byte[] content, int flagsAt) {
    boolean present = flagsAt < content.length && (content[flagsAt] & 0x80) != 0;
    return present ? 3 << ((content[flagsAt] & 7) + 1) : 0;
  }

  /** The place after the empty sub-block; beyond the file's end if there is none. */
  private static int afterSubBlocks(byte[] content, int from) {
    int at = from;
    while (at < content.length && content[at] != 0) {
      at += 1 + (content[at] & 0xFF);
    }
    return at + 1;
  }

  private static boolean checksumHolds(byte[] content, int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(content, from, length);
    return sum.getValue() == unsigned(content, from + length);
  }

  private static long unsigned(byte[] content, int at) {
    return (content[at] & 0xFFL) << 24
        | (content[at + 1] & 0xFF) << 16
        | (content[at + 2] & 0xFF) << 8
        | (content[at + 3] & 0xFF);
  }
}
