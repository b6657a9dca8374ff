package org.deconvnet.preprocess;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * An image that gives its rows one after the other, so that a large one need not lie in memory as
 * floating-point numbers. For one thread.
 */
interface PixelRows {
  /** One map (grey) or three (red, green, blue). */
  Shape shape();

  /**
   * Copies a row.
   *
   * @param row in: room for maps × width numbers; out: the row of each map, one after the other, in
   *     [0, 1] for a decoded image
   */
  void read(int y, float[] row);

  /** The whole image. */
  default FeatureMaps toMaps() {
    FeatureMaps maps = FeatureMaps.zeros(shape());
    float[] row = new float[maps.maps() * maps.width()];
    for (int y = 0; y < maps.height(); y++) {
      read(y, row);
      for (int map = 0; map < maps.maps(); map++) {
        System.arraycopy(row, map * maps.width(), maps.data(), maps.index(map, y, 0), maps.width());
      }
    }
    return maps;
  }

  /** The rows of maps. */
  static PixelRows of(FeatureMaps maps) {
    return new PixelRows() {
      @Override
      public Shape shape() {
        return maps.shape();
      }

      @Override
      public void read(int y, float[] row) {
        for (int map = 0; map < maps.maps(); map++) {
          System.arraycopy(
              maps.data(), maps.index(map, y, 0), row, map * maps.width(), maps.width());
        }
      }
    };
  }
}
