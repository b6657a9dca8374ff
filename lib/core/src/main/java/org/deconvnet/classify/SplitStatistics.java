package org.deconvnet.classify;

import java.util.Arrays;

/**
 * Mean and spread of a rate over random splits.
 *
 * @param standardDeviation of a sample (n − 1); 0 for a single split
 */
public record SplitStatistics(double mean, double standardDeviation) {
  public static SplitStatistics of(double[] rates) {
    double mean = Arrays.stream(rates).average().orElse(Double.NaN);
    double squares = Arrays.stream(rates).map(r -> (r - mean) * (r - mean)).sum();
    return new SplitStatistics(
        mean, rates.length < 2 ? 0 : Math.sqrt(squares / (rates.length - 1)));
  }
}
