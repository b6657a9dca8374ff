package org.deconvnet.label;

import org.deconvnet.sums.ExactTotal;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/** Mean and deviation of each map over the pixels of images of one size. Not thread-safe. */
public final class MapStatistics implements Mergeable<MapStatistics> {
  private static final long serialVersionUID = 1;

  /** Squares of small numbers are smaller still: they are added as so many times themselves. */
  private static final double SQUARE_UNIT = 0x1p16;

  /** Below this share of its mean, a deviation is rounding. */
  private static final double NOTHING = 1e-6;

  private final ExactTotal[] sums;
  private final ExactTotal[] squares;
  private long images;

  /**
   * @param maps K
   */
  public MapStatistics(int maps) {
    sums = zeros(maps);
    squares = zeros(maps);
  }

  private static ExactTotal[] zeros(int count) {
    ExactTotal[] totals = new ExactTotal[count];
    for (int i = 0; i < count; i++) {
      totals[i] = new ExactTotal();
    }
    return totals;
  }

  /** Adds an image's maps, (K, H, W). */
  public void add(FeatureMaps maps) {
    Checks.equal("statistics of maps: maps", sums.length, maps.maps());
    Checks.finite("maps", maps);
    int plane = maps.shape().plane();
    for (int map = 0; map < sums.length; map++) {
      double sum = 0;
      double square = 0;
      for (int i = map * plane; i < (map + 1) * plane; i++) {
        double x = maps.data()[i];
        sum += x;
        square += x * x;
      }
      sums[map].add(sum / plane);
      squares[map].add(SQUARE_UNIT * square / plane);
    }
    images++;
  }

  @Override
  public void merge(MapStatistics other) {
    Checks.equal("statistics of maps: maps", sums.length, other.sums.length);
    for (int map = 0; map < sums.length; map++) {
      sums[map].merge(other.sums[map]);
      squares[map].merge(other.squares[map]);
    }
    images += other.images;
  }

  /** What brings each map to mean 0 and deviation 1, and one that never changes to 0. */
  public MapScale scale() {
    float[] means = new float[sums.length];
    float[] factors = new float[sums.length];
    for (int map = 0; map < sums.length; map++) {
      double mean = sums[map].get() / images;
      double variance = squares[map].get() / (SQUARE_UNIT * images) - mean * mean;
      double deviation = Math.sqrt(Math.max(0, variance));
      means[map] = (float) mean;
      factors[map] = deviation > NOTHING * Math.abs(mean) ? (float) (1 / deviation) : 0;
    }
    return new MapScale(means, factors);
  }
}
