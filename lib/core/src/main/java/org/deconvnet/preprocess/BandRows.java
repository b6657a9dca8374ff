package org.deconvnet.preprocess;

import java.awt.image.ColorModel;
import org.deconvnet.tensor.Shape;

/**
 * Rows of an image whose samples are its colours: grey, red, green and blue, or the four inks, of
 * which each colour lets through what neither its ink nor black takes away.
 */
final class BandRows implements PixelRows {
  private static final int INKS = 4;

  private final UprightRaster raster;
  private final ColorModel model;
  private final int colours;
  private final Shape shape;
  private final int[] samples;

  /**
   * @param colours 1, 3 or 4: cyan, magenta, yellow and black
   */
  BandRows(UprightRaster raster, ColorModel model, int colours) {
    this.raster = raster;
    this.model = model;
    this.colours = colours;
    this.shape = new Shape(colours == 1 ? 1 : 3, raster.height(), raster.width());
    this.samples = new int[shape.width() * raster.bands()];
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public void read(int y, float[] row) {
    int bands = raster.bands();
    raster.read(y, samples);
    for (int c = 0; c < shape.maps(); c++) {
      float scale = 1f / largest(c);
      for (int x = 0; x < shape.width(); x++) {
        row[c * shape.width() + x] = samples[x * bands + c] * scale;
      }
    }
    if (colours == INKS) {
      printed(row, bands, 1f / largest(INKS - 1));
    }
    if (model.hasAlpha()) {
      blendWithWhite(row, bands, 1f / largest(colours));
    }
  }

  private void printed(float[] row, int bands, float blackScale) {
    for (int c = 0; c < shape.maps(); c++) {
      for (int x = 0; x < shape.width(); x++) {
        float black = samples[x * bands + INKS - 1] * blackScale;
        int at = c * shape.width() + x;
        row[at] = (1 - row[at]) * (1 - black);
      }
    }
  }

  private void blendWithWhite(float[] row, int bands, float alphaScale) {
    boolean weighted = model.isAlphaPremultiplied();
    for (int c = 0; c < shape.maps(); c++) {
      for (int x = 0; x < shape.width(); x++) {
        float alpha = samples[x * bands + colours] * alphaScale;
        int at = c * shape.width() + x;
        row[at] = (weighted ? Math.min(row[at], alpha) : row[at] * alpha) + (1 - alpha);
      }
    }
  }

  private int largest(int component) {
    return (1 << model.getComponentSize(component)) - 1;
  }
}
