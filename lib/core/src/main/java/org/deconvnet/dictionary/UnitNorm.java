package org.deconvnet.dictionary;

import org.deconvnet.tensor.FilterBank;

/** The constraint ‖f_k‖₂ = 1 on the whole multi-channel filter of each map. Thread-safe. */
public final class UnitNorm {
  private UnitNorm() {}

  /**
   * A copy with every filter scaled to unit norm.
   *
   * @throws IllegalArgumentException if a filter is zero or not finite
   */
  public static FilterBank project(FilterBank filters) {
    FilterBank unit = filters.copy();
    for (int k = 0; k < unit.maps(); k++) {
      scale(unit, k);
    }
    return unit;
  }

  /**
   * Scales one filter, in place.
   *
   * @throws IllegalArgumentException if it is zero or not finite
   */
  public static void scale(FilterBank filters, int k) {
    double norm = filters.norm(k);
    if (!(norm > 0) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException(
          "filter %d: expected a positive finite norm, got %s".formatted(k, norm));
    }
    for (int i = filters.offset(k, 0); i < filters.offset(k, 0) + planeSize(filters); i++) {
      filters.data()[i] /= (float) norm;
    }
  }

  private static int planeSize(FilterBank filters) {
    return filters.channels() * filters.side() * filters.side();
  }
}
