package org.deconvnet.preprocess;

import java.awt.color.ColorSpace;
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
  private static final int MOST_BITS = 16;

  private RasterRows() {}

  static PixelRows of(BufferedImage image, Orientation orientation) throws IOException {
    ColorModel model = image.getColorModel();
    UprightRaster raster = new UprightRaster(image.getRaster(), orientation);
    if (model instanceof IndexColorModel palette) {
      requireColours(image.getRaster(), palette.getMapSize());
      return new OfPalette(raster, paletteOnWhite(palette));
    }
    int colours = model.getNumColorComponents();
    boolean inks = colours == 4 && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    if (colours != 1 && colours != 3 && !inks) {
      throw new IOException("expected 1 or 3 colour components, or 4 inks, got " + colours);
    }
    if (model.getComponentSize(0) > MOST_BITS) {
      throw new IOException(
          "expected samples of at most 16 bits, got " + model.getComponentSize(0));
    }
    return new BandRows(raster, model, colours);
  }

  /** A palette of greys only makes a grey image: PNG and PBM hold few-bit greys so. */
  private static final class OfPalette implements PixelRows {
    private final UprightRaster raster;
    private final float[][] colours;
    private final Shape shape;
    private final int[] samples;

    OfPalette(UprightRaster raster, float[][] colours) {
      this.raster = raster;
      this.colours = colours;
      this.shape = new Shape(isGrey(colours) ? 1 : 3, raster.height(), raster.width());
      this.samples = new int[shape.width() * raster.bands()];
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public void read(int y, float[] row) {
      int bands = raster.bands();
      int width = shape.width();
      raster.read(y, samples);
      for (int c = 0; c < shape.maps(); c++) {
        for (int x = 0; x < width; x++) {
          row[c * width + x] = colours[c][samples[x * bands]];
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
      for (int index : raster.getSamples(0, y, row.length, 1, 0, row)) {
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
