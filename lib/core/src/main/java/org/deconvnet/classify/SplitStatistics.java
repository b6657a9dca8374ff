package org.deconvnet.classify;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.tensor.Checks;

/**
 * Mean and spread of one figure over random splits. Thread-safe.
 *
 * @param splits how many there were
 * @param mean arithmetic mean
 * @param standardDeviation of the sample, with splits − 1 below the line; 0 for one split
 */
public record SplitStatistics(int splits, double mean, double standardDeviation)
    implements Serializable {
  /**
   * Statistics of one figure a split.
   *
   * @throws IllegalArgumentException if there is none or one is not finite
   */
  public static SplitStatistics of(double... figures) {
    Checks.atLeast("split statistics: splits", 1, figures.length);
    double mean = Arrays.stream(figures).sum() / figures.length;
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException(
          "split statistics: expected finite figures, got " + Arrays.toString(figures));
    }
    double squares = Arrays.stream(figures).map(f -> (f - mean) * (f - mean)).sum();
    return new SplitStatistics(
        figures.length, mean, Math.sqrt(squares / Math.max(1, figures.length - 1)));
  }
}
