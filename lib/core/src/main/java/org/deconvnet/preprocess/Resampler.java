package org.deconvnet.preprocess;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Resizes maps, rows and columns apart, with a triangle filter: bilinear interpolation when
 * enlarging; when shrinking the triangle is widened by the factor, so that every source pixel
 * counts and fine texture does not alias. Weights sum to 1, so constants stay. Thread-safe.
 */
public final class Resampler {
  private Resampler() {}

  /** Maps of {@code height x width}; the same object if they have that size already. */
  public static FeatureMaps resize(FeatureMaps image, int height, int width) {
    return image.height() == height && image.width() == width
        ? image
        : resize(PixelRows.of(image), height, width);
  }

  /** Maps of {@code height x width}. The rows are shrunk as they come. */
  static FeatureMaps resize(PixelRows image, int height, int width) {
    FeatureMaps wide = image.shape().width() == width ? image.toMaps() : resizeRows(image, width);
    return wide.height() == height ? wide : resizeColumns(wide, height);
  }

  private static FeatureMaps resizeRows(PixelRows image, int width) {
    Shape shape = image.shape();
    Taps taps = Taps.of(shape.width(), width);
    float[] row = new float[shape.maps() * shape.width()];
    FeatureMaps out = FeatureMaps.zeros(new Shape(shape.maps(), shape.height(), width));
    for (int y = 0; y < shape.height(); y++) {
      image.read(y, row);
      for (int map = 0; map < shape.maps(); map++) {
        taps.apply(row, map * shape.width(), out.data(), out.index(map, y, 0));
      }
    }
    return out;
  }

  /** Adds whole weighted rows, which run along memory. */
  private static FeatureMaps resizeColumns(FeatureMaps image, int height) {
    Taps taps = Taps.of(image.height(), height);
    int width = image.width();
    FeatureMaps out = FeatureMaps.zeros(new Shape(image.maps(), height, width));
    for (int map = 0; map < image.maps(); map++) {
      for (int y = 0; y < height; y++) {
        for (int t = 0; t < taps.weights[y].length; t++) {
          int from = image.index(map, taps.first[y] + t, 0);
          addScaled(
              taps.weights[y][t], image.data(), from, out.data(), out.index(map, y, 0), width);
        }
      }
    }
    return out;
  }

  private static void addScaled(
      float scale, float[] from, int fromAt, float[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] += scale * from[fromAt + i];
    }
  }

  /** For every target pixel the first source pixel it takes from, and the weights from there on. */
  private static final class Taps {
    private final int[] first;
    private final float[][] weights;

    private Taps(int[] first, float[][] weights) {
      this.first = first;
      this.weights = weights;
    }

    static Taps of(int from, int to) {
      int[] first = new int[to];
      float[][] weights = new float[to][];
      double factor = (double) from / to;
      double support = Math.max(1, factor);
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * factor - 0.5;
        first[i] = Math.max(0, (int) Math.ceil(centre - support));
        int last = Math.min(from - 1, (int) Math.floor(centre + support));
        weights[i] = triangle(first[i], last, centre, support);
      }
      return new Taps(first, weights);
    }

    /** One resized row. */
    void apply(float[] from, int fromAt, float[] to, int toAt) {
      for (int x = 0; x < weights.length; x++) {
        float sum = 0;
        for (int t = 0; t < weights[x].length; t++) {
          sum += weights[x][t] * from[fromAt + first[x] + t];
        }
        to[toAt + x] = sum;
      }
    }

    private static float[] triangle(int first, int last, double centre, double support) {
      double sum = 0;
      for (int j = first; j <= last; j++) {
        sum += 1 - Math.abs(j - centre) / support;
      }
      float[] weights = new float[last - first + 1];
      for (int j = first; j <= last; j++) {
        weights[j - first] = (float) ((1 - Math.abs(j - centre) / support) / sum);
      }
      return weights;
    }
  }
}
