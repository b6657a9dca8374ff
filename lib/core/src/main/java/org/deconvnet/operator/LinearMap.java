package org.deconvnet.operator;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A linear map A from codes to images, as a solver of codes needs it: {@code ⟨A z, r⟩ = ⟨z, Aᵀ r⟩}
 * for all z and r. An implementation may own scratch memory: use one instance a thread.
 */
public interface LinearMap {
  /** Shape of the codes, (K, H+s−1, W+s−1) for filters. */
  Shape domain();

  /** Shape of the images, (C, H, W). */
  Shape range();

  /** {@code image ← A z}. */
  void apply(FeatureMaps z, FeatureMaps image);

  /** {@code z ← Aᵀ r}. */
  void adjoint(FeatureMaps r, FeatureMaps z);

  /**
   * {@link #apply} for a code of which only some entries are not zero. A map whose cost can follow
   * the entries has its own way; this one fills a whole code, which it allocates.
   *
   * @param index where they are in z, counted in (map, row, column) order, each at most once
   * @param values one an entry
   */
  default void applyEntries(int[] index, float[] values, FeatureMaps image) {
    FeatureMaps z = FeatureMaps.zeros(domain());
    for (int e = 0; e < index.length; e++) {
      if (values[e] != 0) {
        z.data()[index[e]] = values[e];
      }
    }
    apply(z, image);
  }
}
