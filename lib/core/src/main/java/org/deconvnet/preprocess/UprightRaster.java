package org.deconvnet.preprocess;

import java.awt.image.Raster;

/** The rows of a stored image as they stand upright, without turning it in memory. */
final class UprightRaster {
  private final Raster stored;
  private final Orientation orientation;

  UprightRaster(Raster stored, Orientation orientation) {
    this.stored = stored;
    this.orientation = orientation;
  }

  int width() {
    return orientation.swapped() ? stored.getHeight() : stored.getWidth();
  }

  int height() {
    return orientation.swapped() ? stored.getWidth() : stored.getHeight();
  }

  int bands() {
    return stored.getNumBands();
  }

  /**
   * Copies an upright row.
   *
   * @param samples in: room for width × bands numbers; out: the row's pixels, each with its bands
   */
  void read(int y, int[] samples) {
    int line = orientation.linesBackwards() ? height() - 1 - y : y;
    if (orientation.swapped()) {
      stored.getPixels(line, 0, 1, width(), samples);
    } else {
      stored.getPixels(0, line, width(), 1, samples);
    }
    if (orientation.pixelsBackwards()) {
      reverse(samples, bands(), width());
    }
  }

  private static void reverse(int[] samples, int bands, int pixels) {
    for (int left = 0, right = pixels - 1; left < right; left++, right--) {
      for (int band = 0; band < bands; band++) {
        int kept = samples[left * bands + band];
        samples[left * bands + band] = samples[right * bands + band];
        samples[right * bands + band] = kept;
      }
    }
  }
}
