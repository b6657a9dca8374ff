package org.deconvnet.preprocess;

import java.util.List;

/**
 * Which of the readers' warnings mean that pixels are wrong or missing; others concern metadata.
 */
final class LostPixels {
  /**
   * The JPEG library's word for bytes that are left over when all pixels are decoded. It tells only
   * the first of its warnings, so it noticed nothing before the end.
   */
  private static final String LEFT_OVER = "extraneous bytes before marker 0xd9";

  private static final List<String> MEANT =
      List.of(
          "Corrupt JPEG data",
          "Premature end of JPEG",
          "Uncompressed WebP alpha not implemented",
          "Unknown WebP alpha",
          "Nothing to decode");

  private LostPixels() {}

  /**
   * @param readable what the reader was given
   */
  static boolean meant(String warning, ImageFormat format, byte[] readable) {
    return MEANT.stream().anyMatch(warning::contains)
        && !(format == ImageFormat.JPEG
            && warning.contains(LEFT_OVER)
            && LeftOverBytes.areJunk(readable));
  }
}
