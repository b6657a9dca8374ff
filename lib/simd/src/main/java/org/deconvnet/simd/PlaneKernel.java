package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner products of two planes at sixteen shifts, four rows by four columns, in one pass: four
 * loads of the one and four of the other serve sixteen sums. One loop level, for the reason that
 * {@link TapKernel} gives.
 */
final class PlaneKernel {
  private static final VectorSpecies<Float> SPECIES = TapKernel.SPECIES;
  private static final int LANES = TapKernel.LANES;

  /** Shifts of a tile in either direction. */
  static final int SIDE = 4;

  private PlaneKernel() {}

  /**
   * For rows m and columns j of the tile: {@code Σ_q maps[at + q + j] · residual[q + (3 − m) ·
   * stride]}, lane by lane in {@code partial} at {@code (4 m + j) · LANES}.
   *
   * @param length of q, a multiple of the lanes
   */
  static void tile(
      float[] maps, int at, float[] residual, int stride, int length, float[] partial) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector b2 = zero;
    FloatVector b3 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    FloatVector d2 = zero;
    FloatVector d3 = zero;
    for (int q = 0; q < length; q += LANES) {
      FloatVector v0 = FloatVector.fromArray(SPECIES, maps, at + q);
      FloatVector v1 = FloatVector.fromArray(SPECIES, maps, at + q + 1);
      FloatVector v2 = FloatVector.fromArray(SPECIES, maps, at + q + 2);
      FloatVector v3 = FloatVector.fromArray(SPECIES, maps, at + q + 3);
      FloatVector wa = FloatVector.fromArray(SPECIES, residual, q + 3 * stride);
      a0 = v0.fma(wa, a0);
      a1 = v1.fma(wa, a1);
      a2 = v2.fma(wa, a2);
      a3 = v3.fma(wa, a3);
      FloatVector wb = FloatVector.fromArray(SPECIES, residual, q + 2 * stride);
      b0 = v0.fma(wb, b0);
      b1 = v1.fma(wb, b1);
      b2 = v2.fma(wb, b2);
      b3 = v3.fma(wb, b3);
      FloatVector wc = FloatVector.fromArray(SPECIES, residual, q + stride);
      c0 = v0.fma(wc, c0);
      c1 = v1.fma(wc, c1);
      c2 = v2.fma(wc, c2);
      c3 = v3.fma(wc, c3);
      FloatVector wd = FloatVector.fromArray(SPECIES, residual, q);
      d0 = v0.fma(wd, d0);
      d1 = v1.fma(wd, d1);
      d2 = v2.fma(wd, d2);
      d3 = v3.fma(wd, d3);
    }
    zero.add(a0).intoArray(partial, 0);
    zero.add(a1).intoArray(partial, LANES);
    zero.add(a2).intoArray(partial, 2 * LANES);
    zero.add(a3).intoArray(partial, 3 * LANES);
    zero.add(b0).intoArray(partial, 4 * LANES);
    zero.add(b1).intoArray(partial, 5 * LANES);
    zero.add(b2).intoArray(partial, 6 * LANES);
    zero.add(b3).intoArray(partial, 7 * LANES);
    zero.add(c0).intoArray(partial, 8 * LANES);
    zero.add(c1).intoArray(partial, 9 * LANES);
    zero.add(c2).intoArray(partial, 10 * LANES);
    zero.add(c3).intoArray(partial, 11 * LANES);
    zero.add(d0).intoArray(partial, 12 * LANES);
    zero.add(d1).intoArray(partial, 13 * LANES);
    zero.add(d2).intoArray(partial, 14 * LANES);
    zero.add(d3).intoArray(partial, 15 * LANES);
  }
}
