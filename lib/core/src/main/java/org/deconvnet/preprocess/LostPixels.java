package org.deconvnet.preprocess;

import java.util.List;

/**
 * Which of the readers' warnings mean that pixels are wrong or missing; others concern metadata.
 */
final class LostPixels {
  /**
   * The JPEG library's word for bytes that are left over when all pixels are there. It tells only
   * the first of its warnings, so nothing was amiss before the end.
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

  static boolean meant(String warning) {
    return !warning.contains(LEFT_OVER) && MEANT.stream().anyMatch(warning::contains);
  }
}
