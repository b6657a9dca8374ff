package org.deconvnet.network.patches;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** Takes windows out of images, one column of numbers each. Stateless. */
final class Windows {
  private Windows() {}

  /**
   * Windows as maps whose channels are a window's numbers, in (channel, row, column) order.
   *
   * @param image (C, H, W)
   * @param rows first row of each row of windows
   * @param columns first column of each column of windows
   * @return (C s², rows, columns), newly allocated
   */
  static FeatureMaps at(FeatureMaps image, WindowOptions options, int[] rows, int[] columns) {
    Shape shape = new Shape(options.dimension(image.maps()), rows.length, columns.length);
    FeatureMaps windows = FeatureMaps.zeros(shape);
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        copy(image, options, rows[r], columns[c], windows, r * columns.length + c);
      }
    }
    return windows;
  }

  /**
   * Single windows.
   *
   * @param places of each, counted in the order of maps' rows and columns
   * @return (C s², 1, windows), newly allocated
   */
  static FeatureMaps at(FeatureMaps image, WindowOptions options, int[] places) {
    int width = image.width() - options.side() + 1;
    Shape shape = new Shape(options.dimension(image.maps()), 1, places.length);
    FeatureMaps windows = FeatureMaps.zeros(shape);
    for (int p = 0; p < places.length; p++) {
      copy(image, options, places[p] / width, places[p] % width, windows, p);
    }
    return windows;
  }

  private static void copy(
      FeatureMaps image, WindowOptions options, int row, int column, FeatureMaps to, int place) {
    int side = options.side();
    float mean = options.keepMean() ? 0 : mean(image, side, row, column);
    int plane = to.shape().plane();
    int at = place;
    for (int c = 0; c < image.maps(); c++) {
      for (int i = 0; i < side; i++) {
        int from = image.index(c, row + i, column);
        for (int j = 0; j < side; j++, at += plane) {
          to.data()[at] = image.data()[from + j] - mean;
        }
      }
    }
  }

  /** Of all numbers of a window. */
  static float mean(FeatureMaps image, int side, int row, int column) {
    double sum = 0;
    for (int c = 0; c < image.maps(); c++) {
      for (int i = 0; i < side; i++) {
        int from = image.index(c, row + i, column);
        for (int j = 0; j < side; j++) {
          sum += image.data()[from + j];
        }
      }
    }
    return (float) (sum / (image.maps() * side * side));
  }
}
