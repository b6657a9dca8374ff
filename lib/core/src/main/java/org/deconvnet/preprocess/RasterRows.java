package org.deconvnet.preprocess;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import org.deconvnet.tensor.Shape;

/**
 * The rows of ImageIO's image in [0, 1]: one map for a grey image, three for a colour one;
 * transparency shows white. Reads the samples as stored: {@code BufferedImage.getRGB} would change
 * the brightness of grey images, whose colour space Java takes for a linear one.
 */
final class RasterRows {
  private RasterRows() {}

  static PixelRows of(BufferedImage image) throws IOException {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      requireColours(image.getRaster(), palette.getMapSize());
      return new OfPalette(image.getRaster(), paletteOnWhite(palette));
    }
    int colours = model.getNumColorComponents();
    if (colours != 1 && colours != 3) {
      throw new IOException("expected 1 or 3 colour components, got " + colours);
    }
    return new OfBands(image.getRaster(), model, colours);
  }

  private static final class OfBands implements PixelRows {
    private final Raster raster;
    private final ColorModel model;
    private final Shape shape;
    private final int[] samples;

    OfBands(Raster raster, ColorModel model, int colours) {
      this.raster = raster;
      this.model = model;
      this.shape = new Shape(colours, raster.getHeight(), raster.getWidth());
      this.samples = new int[shape.width() * raster.getNumBands()];
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public void read(int y, float[] row) {
      int bands = raster.getNumBands();
      raster.getPixels(0, y, shape.width(), 1, samples);
      for (int c = 0; c < shape.maps(); c++) {
        float scale = 1f / largest(c);
        for (int x = 0; x < shape.width(); x++) {
          row[c * shape.width() + x] = samples[x * bands + c] * scale;
        }
      }
      if (model.hasAlpha()) {
        blendWithWhite(row, bands, 1f / largest(shape.maps()));
      }
    }

    private void blendWithWhite(float[] row, int bands, float alphaScale) {
      for (int c = 0; c < shape.maps(); c++) {
        for (int x = 0; x < shape.width(); x++) {
          float alpha = samples[x * bands + shape.maps()] * alphaScale;
          int at = c * shape.width() + x;
          row[at] = row[at] * alpha + (1 - alpha);
        }
      }
    }

    private int largest(int component) {
      return (1 << model.getComponentSize(component)) - 1;
    }
  }

  /** A palette of greys only makes a grey image: PNG and PBM hold few-bit greys so. */
  private static final class OfPalette implements PixelRows {
    private final Raster raster;
    private final float[][] colours;
    private final Shape shape;
    private final int[] samples;

    OfPalette(Raster raster, float[][] colours) {
      this.raster = raster;
      this.colours = colours;
      this.shape = new Shape(isGrey(colours) ? 1 : 3, raster.getHeight(), raster.getWidth());
      this.samples = new int[shape.width()];
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public void read(int y, float[] row) {
      raster.getPixels(0, y, samples.length, 1, samples);
      for (int c = 0; c < shape.maps(); c++) {
        for (int x = 0; x < samples.length; x++) {
          row[c * samples.length + x] = colours[c][samples[x]];
        }
      }
    }
  }

  /** Damaged files hold indices that their palette does not go up to. */
  private static void requireColours(Raster raster, int colours) throws IOException {
    if (colours >= 1 << raster.getSampleModel().getSampleSize(0)) {
      return;
    }
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int index : raster.getPixels(0, y, row.length, 1, row)) {
        if (index >= colours) {
          throw new IOException(
              "expected colours from 0 to %d of its palette, got %d".formatted(colours - 1, index));
        }
      }
    }
  }

  private static float[][] paletteOnWhite(IndexColorModel palette) {
    float[][] colours = new float[3][palette.getMapSize()];
    for (int i = 0; i < palette.getMapSize(); i++) {
      float alpha = palette.getAlpha(i) / 255f;
      colours[0][i] = palette.getRed(i) / 255f * alpha + (1 - alpha);
      colours[1][i] = palette.getGreen(i) / 255f * alpha + (1 - alpha);
      colours[2][i] = palette.getBlue(i) / 255f * alpha + (1 - alpha);
    }
    return colours;
  }

  private static boolean isGrey(float[][] colours) {
    for (int i = 0; i < colours[0].length; i++) {
      if (colours[0][i] != colours[1][i] || colours[1][i] != colours[2][i]) {
        return false;
      }
    }
    return true;
  }
}
