package org.deconvnet.preprocess;

import org.deconvnet.tensor.Shape;

/**
 * Rows of an image as one map of luminance, or as three maps; a grey image is repeated for that.
 * Luminance is Rec. 601 luma of the stored (gamma-coded) values.
 */
final class ColouredRows implements PixelRows {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private final PixelRows image;
  private final boolean grey;
  private final float[] source;

  ColouredRows(PixelRows image, boolean grey) {
    this.image = image;
    this.grey = grey;
    this.source = new float[image.shape().maps() * image.shape().width()];
  }

  @Override
  public Shape shape() {
    return image.shape().withMaps(grey ? 1 : 3);
  }

  @Override
  public void read(int y, float[] row) {
    int maps = image.shape().maps();
    if (maps == shape().maps()) {
      image.read(y, row);
      return;
    }
    image.read(y, source);
    int width = image.shape().width();
    if (grey) {
      luminance(row, width);
    } else {
      for (int map = 0; map < 3; map++) {
        System.arraycopy(source, 0, row, map * width, width);
      }
    }
  }

  private void luminance(float[] row, int width) {
    for (int x = 0; x < width; x++) {
      row[x] = RED * source[x] + GREEN * source[width + x] + BLUE * source[2 * width + x];
    }
  }
}
