package org.deconvnet.preprocess;

/**
 * Whether a file holds all its image, seen from its structure alone. Decoders fill what is missing
 * with grey and report success, so their success proves nothing.
 */
enum FileIntegrity {
  COMPLETE,
  TRUNCATED,
  DAMAGED;

  /** Encoders make about ten; every scan passes over the whole image, which a few bytes can ask. */
  private static final int MOST_SCANS = 500;

  /** Bytes of a GIF's signature and screen descriptor. */
  private static final int GIF_SCREEN = 13;

  /** Formats without a structure worth walking count as complete: their decoders notice the end. */
  static FileIntegrity of(ImageFormat format, byte[] content) {
    return switch (format) {
      case JPEG -> ofJpeg(content);
      case PNG -> ofPng(content);
      case GIF -> ofGif(content);
      case TIFF -> TiffPage.integrity(content);
      case WEBP -> WebpChunks.integrity(content);
      case BMP, PNM -> COMPLETE;
    };
  }

  /** Walks the segments up to the end marker; what follows it does not matter. */
  private static FileIntegrity ofJpeg(byte[] content) {
    JpegMarkers markers = new JpegMarkers(content);
    int scans = 0;
    while (markers.next()) {
      if (markers.marker() == JpegMarkers.END_OF_IMAGE) {
        return COMPLETE;
      }
      scans += markers.marker() == JpegMarkers.START_OF_SCAN ? 1 : 0;
      if (scans > MOST_SCANS) {
        return DAMAGED;
      }
    }
    return TRUNCATED;
  }

  /** Walks the chunks up to IEND; checksums count for the chunks that decoding needs. */
  private static FileIntegrity ofPng(byte[] content) {
    PngChunks chunks = new PngChunks(content);
    while (chunks.next()) {
      if (chunks.isCritical() && !chunks.checksumHolds()) {
        return DAMAGED;
      }
      if (chunks.type() == PngChunks.IEND) {
        return COMPLETE;
      }
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
}
