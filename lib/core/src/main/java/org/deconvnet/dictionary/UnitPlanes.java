package org.deconvnet.dictionary;

import java.util.Random;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * The constraint ‖f_{k,c}‖₂ = 1 on each plane that joins a map and a channel (Zeiler et al., CVPR
 * 2010): unlike {@link org.deconvnet.dictionary.UnitNorm}, which scales a map's filter as one.
 * Thread-safe.
 */
public final class UnitPlanes {
  private UnitPlanes() {}

  /** Starting filters: N(0, 1), then unit planes. The seed decides every number. */
  public static FilterBank draw(Connectivity connectivity, int side, long seed) {
    FilterBank filters = FilterBank.zeros(connectivity, side);
    for (int k = 0; k < filters.maps(); k++) {
      Random random = new Random(seed * 1_000_003L + k);
      for (int c = 0; c < filters.channels(); c++) {
        for (int i = 0; i < side * side && connectivity.connects(k, c); i++) {
          filters.data()[filters.offset(k, c) + i] = (float) random.nextGaussian();
        }
      }
    }
    return project(filters);
  }

  /**
   * A copy with every connected plane scaled to unit norm.
   *
   * @throws IllegalArgumentException if a connected plane is zero or not finite
   */
  public static FilterBank project(FilterBank filters) {
    FilterBank unit = filters.copy();
    for (int k = 0; k < unit.maps(); k++) {
      for (int c = 0; c < unit.channels(); c++) {
        if (unit.connectivity().connects(k, c)) {
          scale(unit, k, c);
        }
      }
    }
    return unit;
  }

  /** Whether a connected plane of a map is zero. */
  static boolean hasZero(FilterBank filters, int map) {
    for (int c = 0; c < filters.channels(); c++) {
      if (filters.connectivity().connects(map, c) && squares(filters, map, c) == 0) {
        return true;
      }
    }
    return false;
  }

  private static double squares(FilterBank filters, int map, int channel) {
    int start = filters.offset(map, channel);
    int end = start + filters.side() * filters.side();
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum += (double) filters.data()[i] * filters.data()[i];
    }
    return sum;
  }

  private static void scale(FilterBank filters, int map, int channel) {
    double sum = squares(filters, map, channel);
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw new IllegalArgumentException(
          "filter %d, channel %d: expected a positive finite norm, got %s"
              .formatted(map, channel, Math.sqrt(sum)));
    }
    int start = filters.offset(map, channel);
    for (int i = start; i < start + filters.side() * filters.side(); i++) {
      filters.data()[i] /= (float) Math.sqrt(sum);
    }
  }
}
