package org.deconvnet.preprocess;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Local contrast normalisation with the window, border and floor of the adaptive deconvolutional
 * network's preprocessing (Zeiler, Taylor, Fergus, ICCV 2011). With w a Gaussian window that sums
 * to 1 and * correlation over the image mirrored at its edge pixels (row -1 is row 1):
 *
 * <pre>
 *   v = x - w * x        s = sqrt(w * v^2)        y = v / max(s, median of s)
 * </pre>
 *
 * <p>The deviation is that of what is left after the local mean is gone, as in Jarrett et al., ICCV
 * 2009, section 2: a smooth slope across the window does not count as contrast.
 *
 * <p>The median is the lower one of an even number. Where it is 0, since most of the image is flat,
 * the median of the deviations above 0 takes its place; an image without any becomes zeros. Every
 * map is normalised with its own statistics. Works for images smaller than the window. Thread-safe.
 */
public final class LocalContrastNormalization implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Deviations below this part of the map's largest number are rounding in single precision: they
   * count as 0.
   */
  private static final double ROUNDING = 1e-6;

  private final double[] weights;

  /**
   * @param window side of the window in pixels, odd, at least 3
   * @param sigma standard deviation of the Gaussian in pixels, positive
   */
  public LocalContrastNormalization(int window, double sigma) {
    checkWindow(window, sigma);
    weights = gaussian(window, sigma);
  }

  static void checkWindow(int window, double sigma) {
    if (window < 3 || window % 2 == 0) {
      throw new IllegalArgumentException(
          "local contrast: window: expected an odd number of at least 3, got " + window);
    }
    Checks.positive("local contrast: sigma", sigma);
  }

  /** Normalised maps of the same shape, without limits on the numbers; the image stays as it is. */
  public FeatureMaps apply(FeatureMaps image) {
    FeatureMaps out = FeatureMaps.zeros(image.shape());
    for (int map = 0; map < image.maps(); map++) {
      normalise(image, map, out);
    }
    return out;
  }

  private void normalise(FeatureMaps image, int map, FeatureMaps out) {
    int start = image.index(map, 0, 0);
    double[] x = wide(image.data(), start, image.shape().plane());
    double smallest = ROUNDING * largest(x);
    double[] mean = smooth(x, image.height(), image.width());
    for (int i = 0; i < x.length; i++) {
      x[i] -= mean[i];
    }
    double[] deviation = smooth(squares(x), image.height(), image.width());
    for (int i = 0; i < x.length; i++) {
      double s = Math.sqrt(deviation[i]);
      deviation[i] = s > smallest ? s : 0;
    }
    double floor = median(deviation);
    if (floor > 0) {
      for (int i = 0; i < x.length; i++) {
        out.data()[start + i] = (float) (x[i] / Math.max(deviation[i], floor));
      }
    }
  }

  private static double[] wide(float[] data, int start, int count) {
    double[] x = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = data[start + i];
    }
    return x;
  }

  private static double[] squares(double[] x) {
    double[] squares = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      squares[i] = x[i] * x[i];
    }
    return squares;
  }

  private static double largest(double[] x) {
    double most = 0;
    for (double v : x) {
      most = Math.max(most, Math.abs(v));
    }
    return most;
  }

  /** The lower median; of the positive numbers only, where it would be 0; 0 if there are none. */
  private static double median(double[] deviation) {
    double[] sorted = deviation.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (sorted[(n - 1) / 2] > 0 || sorted[n - 1] == 0) {
      return sorted[(n - 1) / 2];
    }
    int zeros = 0;
    while (sorted[zeros] == 0) {
      zeros++;
    }
    return sorted[zeros + (n - zeros - 1) / 2];
  }

  /**
   * The Gaussian window is an outer product, so rows and columns are smoothed one after another.
   */
  private double[] smooth(double[] x, int height, int width) {
    int radius = weights.length / 2;
    double[] rows = new double[x.length];
    double[] mirrored = new double[width + 2 * radius];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < mirrored.length; i++) {
        mirrored[i] = x[y * width + mirror(i - radius, width)];
      }
      for (int t = 0; t < weights.length; t++) {
        addScaled(weights[t], mirrored, t, rows, y * width, width);
      }
    }
    double[] out = new double[x.length];
    for (int y = 0; y < height; y++) {
      for (int t = 0; t < weights.length; t++) {
        int from = mirror(y + t - radius, height) * width;
        addScaled(weights[t], rows, from, out, y * width, width);
      }
    }
    return out;
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

  private static double[] gaussian(int window, double sigma) {
    double[] weights = new double[window];
    double sum = 0;
    for (int t = 0; t < window; t++) {
      double distance = t - window / 2;
      weights[t] = Math.exp(-distance * distance / (2 * sigma * sigma));
      sum += weights[t];
    }
    for (int t = 0; t < window; t++) {
      weights[t] /= sum;
    }
    return weights;
  }
}
