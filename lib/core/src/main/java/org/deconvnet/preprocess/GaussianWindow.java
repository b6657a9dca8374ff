package org.deconvnet.preprocess;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Weighted averages over a square Gaussian window, whose weights sum to 1. Immutable and thread-
 * safe.
 */
public final class GaussianWindow implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] weights;
  private final Border border;

  /**
   * @param side pixels, odd, at least 3
   * @param sigma standard deviation in pixels, positive
   */
  public GaussianWindow(int side, double sigma, Border border) {
    check(side, sigma);
    this.weights = gaussian(side, sigma);
    this.border = border;
  }

  static void check(int side, double sigma) {
    if (side < 3 || side % 2 == 0) {
      throw new UserErrorException(
          "local contrast: window: expected an odd number of at least 3, got " + side);
    }
    Checks.positive("local contrast: sigma", sigma);
  }

  int side() {
    return weights.length;
  }

  /** Rows or columns between an image's edge and the first centre of a window. */
  int margin() {
    return border == Border.VALID ? weights.length / 2 : 0;
  }

  /**
   * The averages around every pixel, or with the valid border around those whose window lies within
   * the plane: {@link #margin} fewer on each side. The window is an outer product, so rows and
   * columns are averaged one after another.
   *
   * @param x a plane, row by row
   */
  public double[] average(double[] x, int height, int width) {
    int newWidth = width - 2 * margin();
    double[] rows = new double[height * newWidth];
    double[] line = new double[newWidth + weights.length - 1];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = x[y * width + source(i, width)];
      }
      for (int t = 0; t < weights.length; t++) {
        addScaled(weights[t], line, t, rows, y * newWidth, newWidth);
      }
    }
    return averageOfColumns(rows, height, newWidth);
  }

  private double[] averageOfColumns(double[] rows, int height, int width) {
    int newHeight = height - 2 * margin();
    double[] out = new double[newHeight * width];
    for (int y = 0; y < newHeight; y++) {
      for (int t = 0; t < weights.length; t++) {
        addScaled(weights[t], rows, source(y + t, height) * width, out, y * width, width);
      }
    }
    return out;
  }

  /** The pixel of n under place i of a line that starts with the first window. */
  private int source(int i, int n) {
    return border == Border.VALID ? i : mirror(i - weights.length / 2, n);
  }

  private static void addScaled(
      double scale, double[] from, int fromAt, double[] to, int toAt, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] += scale * from[fromAt + i];
    }
  }

  /** Mirrors about the first and the last pixel, again and again if the image is small. */
  private static int mirror(int i, int n) {
    if (n == 1) {
      return 0;
    }
    int inPeriod = Math.floorMod(i, 2 * (n - 1));
    return inPeriod < n ? inPeriod : 2 * (n - 1) - inPeriod;
  }

  private static double[] gaussian(int side, double sigma) {
    double[] weights = new double[side];
    double sum = 0;
    for (int t = 0; t < side; t++) {
      double distance = t - side / 2;
      weights[t] = Math.exp(-distance * distance / (2 * sigma * sigma));
      sum += weights[t];
    }
    for (int t = 0; t < side; t++) {
      weights[t] /= sum;
    }
    return weights;
  }
}
