package org.deconvnet.dictionary;

import java.util.Random;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/** Starting filters: N(0, 1), then unit norm. A seed decides every number. Thread-safe. */
public final class FilterInitializer {
  private FilterInitializer() {}

  /** Of filters that have unit norm as a whole. */
  public static FilterBank gaussian(Connectivity connectivity, int side, long seed) {
    return gaussian(connectivity, side, seed, FilterNorm.FILTER);
  }

  public static FilterBank gaussian(
      Connectivity connectivity, int side, long seed, FilterNorm norm) {
    FilterBank filters = FilterBank.zeros(connectivity, side);
    for (int k = 0; k < filters.maps(); k++) {
      drawMap(filters, k, seed);
    }
    return norm.project(filters);
  }

  /** Draws the filter of one map anew; the same seed and map give the same numbers. */
  public static void drawMap(FilterBank filters, int map, long seed) {
    Random random = new Random(seed * 1_000_003L + map);
    int plane = filters.side() * filters.side();
    for (int c = 0; c < filters.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        float value = (float) random.nextGaussian();
        filters.data()[filters.offset(map, c) + i] =
            filters.connectivity().connects(map, c) ? value : 0f;
      }
    }
  }
}
