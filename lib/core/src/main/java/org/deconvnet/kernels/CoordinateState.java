package org.deconvnet.kernels;

import org.deconvnet.tensor.Checks;

/**
 * Where coordinate descent on ½‖A z − y‖² + Σ κ_k |z_k|₁ stands, place by place; at each place the
 * numbers of all maps lie next to each other. A coordinate at rest has {@code gradient ∈ κ ∂|z|};
 * how far it is from that says {@link #move}.
 *
 * @param gradient −∇ of the data term, Aᵀ (y − A z), (place, map)
 * @param code z, (place, map)
 * @param low what the gradient at rest may not fall below, one a map: −κ, or −∞ for codes that may
 *     not be negative
 * @param high what it may not exceed: κ
 * @param largest the largest move of a place's maps, one a place
 */
public record CoordinateState(
    float[] gradient, float[] code, float[] low, float[] high, float[] largest) {
  /** Maps come in multiples of this, so that they fill vectors of any width. */
  public static final int MAPS_TOGETHER = 16;

  public CoordinateState {
    Checks.equal("coordinate state: maps beyond whole vectors", 0, low.length % MAPS_TOGETHER);
    Checks.equal("coordinate state: upper bounds", low.length, high.length);
    Checks.equal("coordinate state: codes", gradient.length, code.length);
  }

  /** How many numbers a place has. */
  public int maps() {
    return low.length;
  }

  /**
   * How far a proximal step of length 1 moves a coordinate, |prox(z + g) − z| = |g − clamp(g + z,
   * low, high)|.
   */
  public static float move(float gradient, float code, float low, float high) {
    float moved = gradient + code;
    float clamped = moved < low ? low : moved;
    clamped = clamped > high ? high : clamped;
    return Math.abs(gradient - clamped);
  }
}
