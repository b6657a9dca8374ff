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
      double norm = unit.norm(k);
      if (!(norm > 0) || Double.isInfinite(norm)) {
        throw new IllegalArgumentException(
            "filter %d: expected a positive finite norm, got %s".formatted(k, norm));
      }
      for (int i = unit.offset(k, 0); i < unit.offset(k, 0) + planeSize(unit); i++) {
        unit.data()[i] /= (float) norm;
      }
    }
    return unit;
  }

  private static int planeSize(FilterBank filters) {
    return filters.channels() * filters.side() * filters.side();
  }
}
