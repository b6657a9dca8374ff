package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix product, in tiles of four rows and three vectors of columns: twelve sums stay in
 * registers, enough of them that none waits for its own last addition, and seven loads serve twelve
 * multiplications. Each sum adds in the order of the depth, so that no width of vectors changes a
 * bit.
 */
final class ProductKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 4;
  private static final int COLUMNS = 3 * LANES;

  private ProductKernel() {}

  static void product(float[] a, int rows, int depth, float[] b, int columns, float[] out) {
    int row = 0;
    for (; row + ROWS <= rows; row += ROWS) {
      int x = 0;
      for (; x + COLUMNS <= columns; x += COLUMNS) {
        tile(a, row * depth, depth, b, columns, x, out, row * columns + x);
      }
      rest(a, row, row + ROWS, depth, b, columns, x, out);
    }
    rest(a, row, rows, depth, b, columns, 0, out);
  }

  private static void rest(
      float[] a, int row, int end, int depth, float[] b, int columns, int from, float[] out) {
    for (int r = row; r < end; r++) {
      for (int x = from; x < columns; x++) {
        float sum = 0;
        for (int d = 0; d < depth; d++) {
          sum = Math.fma(a[r * depth + d], b[d * columns + x], sum);
        }
        out[r * columns + x] = sum;
      }
    }
  }

  private static void tile(
      float[] a, int row, int depth, float[] b, int columns, int x, float[] out, int to) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s02 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s12 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s22 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    FloatVector s32 = zero;
    int at = x;
    for (int d = 0; d < depth; d++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, at + 2 * LANES);
      at += columns;
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[row + d]);
      s00 = b0.fma(a0, s00);
      s01 = b1.fma(a0, s01);
      s02 = b2.fma(a0, s02);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[row + depth + d]);
      s10 = b0.fma(a1, s10);
      s11 = b1.fma(a1, s11);
      s12 = b2.fma(a1, s12);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[row + 2 * depth + d]);
      s20 = b0.fma(a2, s20);
      s21 = b1.fma(a2, s21);
      s22 = b2.fma(a2, s22);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[row + 3 * depth + d]);
      s30 = b0.fma(a3, s30);
      s31 = b1.fma(a3, s31);
      s32 = b2.fma(a3, s32);
    }
    zero.add(s00).intoArray(out, to);
    zero.add(s01).intoArray(out, to + LANES);
    zero.add(s02).intoArray(out, to + 2 * LANES);
    zero.add(s10).intoArray(out, to + columns);
    zero.add(s11).intoArray(out, to + columns + LANES);
    zero.add(s12).intoArray(out, to + columns + 2 * LANES);
    zero.add(s20).intoArray(out, to + 2 * columns);
    zero.add(s21).intoArray(out, to + 2 * columns + LANES);
    zero.add(s22).intoArray(out, to + 2 * columns + 2 * LANES);
    zero.add(s30).intoArray(out, to + 3 * columns);
    zero.add(s31).intoArray(out, to + 3 * columns + LANES);
    zero.add(s32).intoArray(out, to + 3 * columns + 2 * LANES);
  }
}
