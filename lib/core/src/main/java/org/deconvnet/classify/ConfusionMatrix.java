package org.deconvnet.classify;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.tensor.Checks;

/**
 * How often images of each class were given each label. Thread-safe: immutable, copies in and out.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] classes;
  private final int[][] counts;

  private ConfusionMatrix(int[] classes, int[][] counts) {
    this.classes = classes;
    this.counts = counts;
  }

  /**
   * Counts predictions.
   *
   * @param classes class labels, strictly ascending
   * @param truth label of every test image
   * @param predicted label given to it
   * @throws IllegalArgumentException if there is no image, lengths differ or a label is not among
   *     the classes
   */
  public static ConfusionMatrix of(int[] classes, int[] truth, int[] predicted) {
    Checks.atLeast("confusion matrix: test images", 1, truth.length);
    Checks.equal("confusion matrix: predictions", truth.length, predicted.length);
    int[][] counts = new int[classes.length][classes.length];
    for (int i = 0; i < truth.length; i++) {
      counts[place(classes, truth[i])][place(classes, predicted[i])]++;
    }
    return new ConfusionMatrix(classes.clone(), counts);
  }

  private static int place(int[] classes, int label) {
    int place = Arrays.binarySearch(classes, label);
    if (place < 0) {
      throw new IllegalArgumentException(
          "confusion matrix: expected one of the labels %s, got %d"
              .formatted(Arrays.toString(classes), label));
    }
    return place;
  }

  public int[] classes() {
    return classes.clone();
  }

  /** (true class, predicted class). */
  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /** Share of each class's images that got the right label; NaN for a class without images. */
  public double[] perClassRate() {
    double[] rates = new double[classes.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (double) counts[i][i] / Arrays.stream(counts[i]).sum();
    }
    return rates;
  }

  /**
   * Mean of the per-class rates, the figure that Caltech-101 results quote. Classes without test
   * images are left out.
   */
  public double meanPerClassRate() {
    return Arrays.stream(perClassRate()).filter(r -> !Double.isNaN(r)).average().orElseThrow();
  }

  /** Share of all images that got the right label. */
  public double overall() {
    long right = 0;
    long all = 0;
    for (int i = 0; i < counts.length; i++) {
      right += counts[i][i];
      all += Arrays.stream(counts[i]).sum();
    }
    return (double) right / all;
  }
}
