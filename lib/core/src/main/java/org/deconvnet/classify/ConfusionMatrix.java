package org.deconvnet.classify;

import java.util.Arrays;
import java.util.List;
import org.deconvnet.tensor.Checks;

/**
 * Test images by true class (rows) and predicted class (columns). A class without test images has
 * no rate and is left out of the mean. Not thread-safe.
 */
public final class ConfusionMatrix {
  private final List<String> labels;
  private final int[][] counts;

  public ConfusionMatrix(List<String> labels) {
    Checks.atLeast("confusion matrix: classes", 1, labels.size());
    this.labels = List.copyOf(labels);
    this.counts = new int[labels.size()][labels.size()];
  }

  public void add(int truth, int predicted) {
    counts[truth][predicted]++;
  }

  public List<String> labels() {
    return labels;
  }

  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  public int total() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  /** The share of each class that was recognised; NaN for a class without test images. */
  public double[] perClassRates() {
    double[] rates = new double[counts.length];
    for (int c = 0; c < rates.length; c++) {
      rates[c] = counts[c][c] / (double) Arrays.stream(counts[c]).sum();
    }
    return rates;
  }

  public double meanPerClassRate() {
    return Arrays.stream(perClassRates()).filter(r -> !Double.isNaN(r)).average().orElse(0);
  }

  public double overallRate() {
    int right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return total() == 0 ? 0 : right / (double) total();
  }
}
