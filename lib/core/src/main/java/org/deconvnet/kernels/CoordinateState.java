package org.deconvnet.kernels;

import org.deconvnet.tensor.Checks;

/**
 * Where coordinate descent on ½‖A z − y‖² + Σ κ_k |z_k|₁ stands, place by place; at each place the
 * numbers of all maps lie next to each other. All numbers are finite but bounds of maps that are
 * not there, which are infinite.
 *
 * @param gradient −∇ of the data term, Aᵀ (y − A z), (place, map)
 * @param bounds κ, one a map: a coefficient at zero rests while its gradient does not exceed it
 * @param nonNegative whether codes may not be negative, so that no gradient below zero moves them
 * @param largest the largest move of a place's maps, one a place
 */
public record CoordinateState(
    float[] gradient, float[] bounds, boolean nonNegative, float[] largest) {
  /** Maps come in multiples of this, so that they fill vectors of any width. */
  public static final int MAPS_TOGETHER = 16;

  public CoordinateState {
    Checks.equal("coordinate state: maps beyond whole vectors", 0, bounds.length % MAPS_TOGETHER);
  }

  /** How many numbers a place has. */
  public int maps() {
    return bounds.length;
  }

  /**
   * How far a proximal step of length 1 moves a coefficient from zero: |g| − κ, or g − κ; not above
   * zero where it stays.
   */
  public float moveFromZero(int at, int map) {
    float g = gradient[at + map];
    return (nonNegative ? g : Math.abs(g)) - bounds[map];
  }

  /** How far a proximal step of length 1 moves a coefficient of a given value. */
  public float move(int at, int map, float value) {
    float v = gradient[at + map] + value;
    float below = nonNegative ? 0 : Math.min(v + bounds[map], 0f);
    return Math.abs(Math.max(v - bounds[map], 0f) + below - value);
  }
}
