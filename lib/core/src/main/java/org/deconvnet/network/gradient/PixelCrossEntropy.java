package org.deconvnet.network.gradient;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Softmax cross-entropy at every pixel: for scores s and the pixel's class t, {@code w_t (log Σ_k
 * e^{s_k} − s_t)}, whose derivative in s_k is {@code w_t (softmax_k − [k = t])}. Void pixels count
 * nothing. Summed over pixels, as Long, Shelhamer and Darrell do (CVPR 2015), and divided by what
 * the caller says. Not thread-safe.
 */
public final class PixelCrossEntropy {
  private final int voidLabel;
  private final float[] weights;
  private final double[] exponentials;
  private double counted;

  /**
   * @param voidLabel the label of pixels without a class; no class itself
   * @param weights w, one a class, positive; all 1 where classes count alike
   */
  public PixelCrossEntropy(int voidLabel, float[] weights) {
    Checks.atLeast("cross-entropy: classes", 2, weights.length);
    for (float weight : weights) {
      Checks.positive("cross-entropy: weight of a class", weight);
    }
    if (voidLabel >= 0 && voidLabel < weights.length) {
      throw new UserErrorException(
          "cross-entropy: expected a void label that is no class, got %d of %d classes"
              .formatted(voidLabel, weights.length));
    }
    this.voidLabel = voidLabel;
    this.weights = weights.clone();
    exponentials = new double[weights.length];
  }

  /**
   * The sum over all pixels with a class, and its gradient.
   *
   * @param scores (class, image, row, column)
   * @param labels one a pixel, (image, row, column)
   * @param divisor of loss and gradient
   * @param gradient receives it, of the scores' shape
   * @throws UserErrorException if a label is neither a class nor void; says where
   */
  public double loss(GroupMaps scores, int[] labels, double divisor, GroupMaps gradient) {
    Checks.equal("cross-entropy: classes", weights.length, scores.image().maps());
    Checks.equal("cross-entropy: labels", scores.plane(), labels.length);
    Checks.sameShape("cross-entropy: gradient", scores.image(), gradient.image());
    Checks.positive("cross-entropy: divisor", divisor);
    counted = 0;
    double sum = 0;
    for (int pixel = 0; pixel < labels.length; pixel++) {
      int label = labels[pixel];
      if (label == voidLabel) {
        clear(gradient, pixel);
        continue;
      }
      requireClass(label, pixel, scores);
      sum += pixel(scores, pixel, label, divisor, gradient);
      counted += weights[label];
    }
    return sum / divisor;
  }

  /** The weights of the pixels of the last call, added up: what their mean is divided by. */
  public double counted() {
    return counted;
  }

  private void clear(GroupMaps gradient, int pixel) {
    for (int k = 0; k < weights.length; k++) {
      gradient.data()[k * gradient.plane() + pixel] = 0;
    }
  }

  private double pixel(GroupMaps scores, int pixel, int label, double divisor, GroupMaps gradient) {
    float[] s = scores.data();
    int plane = scores.plane();
    float largest = s[pixel];
    for (int k = 1; k < weights.length; k++) {
      largest = Math.max(largest, s[k * plane + pixel]);
    }
    double total = 0;
    for (int k = 0; k < weights.length; k++) {
      exponentials[k] = Exponential.of((double) s[k * plane + pixel] - largest);
      total += exponentials[k];
    }
    double factor = weights[label] / divisor;
    for (int k = 0; k < weights.length; k++) {
      double target = k == label ? 1 : 0;
      gradient.data()[k * plane + pixel] = (float) (factor * (exponentials[k] / total - target));
    }
    double own = (double) s[label * plane + pixel] - largest;
    return weights[label] * (StrictMath.log(total) - own);
  }

  private void requireClass(int label, int pixel, GroupMaps scores) {
    if (label < 0 || label >= weights.length) {
      int plane = scores.image().plane();
      int width = scores.image().width();
      throw new UserErrorException(
          "labels: expected a class from 0 to %d, or %d for none, got %d in image %d, row %d, column %d"
              .formatted(
                  weights.length - 1,
                  voidLabel,
                  label,
                  pixel / plane,
                  pixel % plane / width,
                  pixel % width));
    }
  }
}
