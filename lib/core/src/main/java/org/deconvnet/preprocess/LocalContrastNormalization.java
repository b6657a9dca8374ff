package org.deconvnet.preprocess;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Local contrast normalisation. With w a Gaussian window that sums to 1 and * correlation:
 *
 * <pre>
 *   v = x - w * x        y = v / max(s, floor)
 *   s = sqrt(w * v^2)                 {@link Deviation#CENTRED}
 *   s = sqrt(w * x^2 - (w * x)^2)     {@link Deviation#WINDOW}
 * </pre>
 *
 * <p>The reflecting border is that of the adaptive deconvolutional network's preprocessing (Zeiler,
 * Taylor, Fergus, ICCV 2011). It takes either deviation, and works for images smaller than the
 * window.
 *
 * <p>The valid border is that of the deconvolutional network (Zeiler, Krishnan, Taylor, Fergus,
 * CVPR 2010). It takes the window's deviation alone: v is known only where a window lies within the
 * image, so averaging its squares would cost a second border.
 *
 * <p>The floor of 2011 is the median of s over the image, the lower one of an even number. Where it
 * is 0, since most of the image is flat, the median of the deviations above 0 takes its place. The
 * floor of 2010 is 1, which no deviation of numbers in [0, 1] reaches: there y = v. An image
 * without any deviation becomes zeros. Every map is normalised with its own statistics. Thread-
 * safe.
 */
public final class LocalContrastNormalization implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Deviations below this part of the map's largest number are rounding in single precision: they
   * count as 0.
   */
  private static final double ROUNDING = 1e-6;

  private final GaussianWindow gaussian;
  private final double deviationFloor;
  private final boolean centred;

  /** As in 2011: reflecting border, floor at the median. */
  public LocalContrastNormalization(int window, double sigma) {
    this(window, sigma, Border.REFLECT, 0, Deviation.AUTO);
  }

  /**
   * @param window side of the window in pixels, odd, at least 3
   * @param sigma standard deviation of the Gaussian in pixels, positive
   * @param deviationFloor smallest divisor, finite, at least 0; 0 takes the median deviation
   * @param deviation which one
   */
  public LocalContrastNormalization(
      int window, double sigma, Border border, double deviationFloor, Deviation deviation) {
    check(border, deviationFloor, deviation);
    this.gaussian = new GaussianWindow(window, sigma, border);
    this.deviationFloor = deviationFloor;
    this.centred = border == Border.REFLECT && deviation != Deviation.WINDOW;
  }

  static void check(Border border, double deviationFloor, Deviation deviation) {
    if (border == null) {
      throw new UserErrorException("local contrast: border: expected reflect or valid, got none");
    }
    if (!(deviationFloor >= 0) || Double.isInfinite(deviationFloor)) {
      throw new UserErrorException(
          "local contrast: deviation floor (0 takes the median): expected a finite number of at least 0, got "
              + deviationFloor);
    }
    if (deviation == null) {
      throw new UserErrorException(
          "local contrast: deviation: expected auto, centred or window, got none");
    }
    if (border == Border.VALID && deviation == Deviation.CENTRED) {
      throw new UserErrorException(
          "local contrast: deviation: expected auto or window with the valid border, got centred");
    }
  }

  /**
   * The shape that {@link #apply} makes of an image of this shape.
   *
   * @throws ImageTooSmallException if the border is valid and the window does not fit into it
   */
  public Shape outputShape(Shape image) {
    int lost = 2 * gaussian.margin();
    if (Math.min(image.height(), image.width()) <= lost) {
      throw new ImageTooSmallException(gaussian.side(), image.height(), image.width());
    }
    return new Shape(image.maps(), image.height() - lost, image.width() - lost);
  }

  /**
   * Normalised maps of {@link #outputShape}, without limits on the numbers; the image stays as it
   * is.
   *
   * @throws ImageTooSmallException if the border is valid and the window does not fit into it
   */
  public FeatureMaps apply(FeatureMaps image) {
    FeatureMaps out = FeatureMaps.zeros(outputShape(image.shape()));
    for (int map = 0; map < image.maps(); map++) {
      normalise(image, map, out);
    }
    return out;
  }

  private void normalise(FeatureMaps image, int map, FeatureMaps out) {
    double[] x = wide(image.data(), image.index(map, 0, 0), image.shape().plane());
    double[] mean = gaussian.average(x, image.height(), image.width());
    double[] v = centres(x, image.width(), out.height(), out.width());
    for (int i = 0; i < v.length; i++) {
      v[i] -= mean[i];
    }
    double[] deviation = variance(x, mean, v, image.shape());
    takeRoots(deviation, ROUNDING * largest(x));
    double floor = floor(deviation);
    if (floor > 0) {
      int start = out.index(map, 0, 0);
      for (int i = 0; i < v.length; i++) {
        out.data()[start + i] = (float) (v[i] / Math.max(deviation[i], floor));
      }
    }
  }

  /** The pixels that windows are centred on. */
  private double[] centres(double[] x, int width, int newHeight, int newWidth) {
    int margin = gaussian.margin();
    double[] centres = new double[newHeight * newWidth];
    for (int y = 0; y < newHeight; y++) {
      System.arraycopy(x, (y + margin) * width + margin, centres, y * newWidth, newWidth);
    }
    return centres;
  }

  private double[] variance(double[] x, double[] mean, double[] v, Shape image) {
    if (centred) {
      return gaussian.average(squares(v), image.height(), image.width());
    }
    double[] variance = gaussian.average(squares(x), image.height(), image.width());
    for (int i = 0; i < variance.length; i++) {
      variance[i] = Math.max(0, variance[i] - mean[i] * mean[i]);
    }
    return variance;
  }

  private static void takeRoots(double[] variance, double smallest) {
    for (int i = 0; i < variance.length; i++) {
      double s = Math.sqrt(variance[i]);
      variance[i] = s > smallest ? s : 0;
    }
  }

  /** The smallest divisor; 0 for a plane without any deviation, which would show only rounding. */
  private double floor(double[] deviation) {
    boolean flat = largest(deviation) == 0;
    return deviationFloor > 0 && !flat ? deviationFloor : median(deviation);
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
}
