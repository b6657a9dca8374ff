package org.deconvnet.solve.greedy;

import org.deconvnet.kernels.CoordinateState;
import org.deconvnet.penalty.WeightedL1;
import org.deconvnet.tensor.FeatureMaps;

/**
 * A lower bound of the least objective, from the dual problem: maximise ⟨y, θ⟩ − ½‖θ‖² over θ with
 * |d_kᵀ θ| ≤ κ_k at each place, from above alone where codes may not be negative. The residual,
 * shortened until it may, is such a θ, and the best one at the minimum.
 *
 * @param excess the largest d_kᵀ r / κ_k
 */
record DualBound(double excess) {
  /**
   * @param state with the gradient Dᵀ r
   */
  static DualBound of(WeightedL1 penalty, CoordinateState state, int places) {
    return of(penalty, state, places, false);
  }

  /** Maps without a weight are left out. */
  static DualBound ofWeighted(WeightedL1 penalty, CoordinateState state, int places) {
    return of(penalty, state, places, true);
  }

  private static DualBound of(
      WeightedL1 penalty, CoordinateState state, int places, boolean weightedAlone) {
    double excess = 0;
    for (int p = 0; p < places; p++) {
      for (int k = 0; k < penalty.maps(); k++) {
        if (weightedAlone && penalty.kappa(k) == 0) {
          continue;
        }
        float g = state.gradient()[p * state.maps() + k];
        double size = penalty.nonNegative() ? g : Math.abs(g);
        if (size > excess * penalty.kappa(k)) {
          excess = size / penalty.kappa(k);
        }
      }
    }
    return new DualBound(excess);
  }

  /**
   * @param y the image, hidden pixels zero
   * @param residual y − D z, hidden pixels zero
   * @return −∞ where a map is free
   */
  double value(FeatureMaps y, FeatureMaps residual) {
    return value(y.dot(residual), residual.squaredNorm());
  }

  /**
   * @param along ⟨y, residual⟩
   * @param squared ‖residual‖²
   */
  double value(double along, double squared) {
    if (squared == 0) {
      return 0;
    }
    if (Double.isInfinite(excess)) {
      return Double.NEGATIVE_INFINITY;
    }
    double best = Math.max(0, along / squared);
    double scale = excess == 0 ? best : Math.min(best, 1 / excess);
    return scale * along - scale * scale / 2 * squared;
  }
}
