package org.deconvnet.preprocess;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * From ImageIO's image to maps in [0, 1]. Reads the samples as stored: {@code BufferedImage.getRGB}
 * would change the brightness of grey images, whose colour space Java takes for a linear one.
 */
final class RasterConverter {
  private RasterConverter() {}

  /** One map for a grey image, three for a colour one; transparency shows white. */
  static FeatureMaps toMaps(BufferedImage image) throws IOException {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return fromPalette(image.getRaster(), palette);
    }
    int colours = model.getNumColorComponents();
    if (colours != 1 && colours != 3) {
      throw new IOException("expected 1 or 3 colour components, got " + colours);
    }
    return fromBands(image.getRaster(), model, colours);
  }

  private static FeatureMaps fromBands(Raster raster, ColorModel model, int colours) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    FeatureMaps maps = FeatureMaps.zeros(new Shape(colours, raster.getHeight(), width));
    int[] row = new int[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int c = 0; c < colours; c++) {
        float scale = 1f / largest(model, c);
        int to = maps.index(c, y, 0);
        for (int x = 0; x < width; x++) {
          maps.data()[to + x] = row[x * bands + c] * scale;
        }
      }
      if (model.hasAlpha()) {
        blendWithWhite(maps, y, row, bands, 1f / largest(model, colours));
      }
    }
    return maps;
  }

  private static void blendWithWhite(
      FeatureMaps maps, int y, int[] row, int bands, float alphaScale) {
    for (int c = 0; c < maps.maps(); c++) {
      for (int x = 0; x < maps.width(); x++) {
        float alpha = row[x * bands + maps.maps()] * alphaScale;
        maps.set(c, y, x, maps.get(c, y, x) * alpha + (1 - alpha));
      }
    }
  }

  /** A palette of greys only makes a grey image: PNG and PBM hold few-bit greys so. */
  private static FeatureMaps fromPalette(Raster raster, IndexColorModel palette) {
    float[][] colours = paletteOnWhite(palette);
    int maps = isGrey(colours) ? 1 : 3;
    FeatureMaps image = FeatureMaps.zeros(new Shape(maps, raster.getHeight(), raster.getWidth()));
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, row.length, 1, row);
      for (int c = 0; c < maps; c++) {
        for (int x = 0; x < row.length; x++) {
          image.set(c, y, x, colours[c][row[x]]);
        }
      }
    }
    return image;
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

  private static int largest(ColorModel model, int component) {
    return (1 << model.getComponentSize(component)) - 1;
  }
}
