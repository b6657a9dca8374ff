package org.deconvnet.dictionary;

import org.deconvnet.tensor.FeatureMaps;

/** A rectangle of rows and columns of a map. */
record MapBlock(int row, int column, int height, int width) {
  /**
   * Copies these numbers of a map, each times a factor.
   *
   * @param at where the first of them goes in {@code to}, whose rows they keep to
   */
  void copy(FeatureMaps from, int map, float factor, FeatureMaps to, int at) {
    for (int y = 0; y < height; y++) {
      int source = from.index(map, row + y, column);
      int target = at + y * to.width();
      for (int x = 0; x < width; x++) {
        to.data()[target + x] = factor * from.data()[source + x];
      }
    }
  }
}
