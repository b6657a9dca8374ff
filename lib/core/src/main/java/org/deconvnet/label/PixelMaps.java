package org.deconvnet.label;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/** What a pixel is and where: its colour, and its place from −1 to 1, down and across. */
public final class PixelMaps {
  private static final int PLACES = 2;

  private PixelMaps() {}

  /** Maps for images of a shape. */
  public static Shape shape(Shape image) {
    return image.withMaps(image.maps() + PLACES);
  }

  /**
   * @param image (C, H, W)
   * @return (C + 2, H, W): the image, its rows, its columns; newly allocated
   */
  public static FeatureMaps of(FeatureMaps image) {
    FeatureMaps maps = FeatureMaps.zeros(shape(image.shape()));
    System.arraycopy(image.data(), 0, maps.data(), 0, image.data().length);
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        maps.set(image.maps(), row, column, place(row, image.height()));
        maps.set(image.maps() + 1, row, column, place(column, image.width()));
      }
    }
    return maps;
  }

  private static float place(int at, int size) {
    return (float) ((2.0 * at + 1) / size - 1);
  }
}
