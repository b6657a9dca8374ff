package org.deconvnet.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A matrix product, in tiles of four rows and three vectors of columns: twelve sums stay in
 * registers, enough of them that none waits for its own last addition, and seven loads serve twelve
 * multiplications. Each sum adds in the order of the depth, so that no width of vectors changes a
 * bit.
 *
 * <p>Sums start from the zeros in {@code out}. A vector of zeros that they started from would have
 * a register of its own in the loop, and AVX2 has none to spare: there the product ran at half to
 * three quarters of this speed, and with AVX-512 slower too in processes that had seen several
 * shapes.
 */
final class ProductKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int ROWS = 4;
  private static final int COLUMNS = 3 * LANES;

  private ProductKernel() {}

  static void product(float[] a, int rows, int depth, float[] b, int columns, float[] out) {
    Arrays.fill(out, 0, rows * columns, 0);
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
    FloatVector s00 = FloatVector.fromArray(SPECIES, out, to);
    FloatVector s01 = FloatVector.fromArray(SPECIES, out, to + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, out, to + 2 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, out, to + columns);
    FloatVector s11 = FloatVector.fromArray(SPECIES, out, to + columns + LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, out, to + columns + 2 * LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, out, to + 2 * columns);
    FloatVector s21 = FloatVector.fromArray(SPECIES, out, to + 2 * columns + LANES);
    FloatVector s22 = FloatVector.fromArray(SPECIES, out, to + 2 * columns + 2 * LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, out, to + 3 * columns);
    FloatVector s31 = FloatVector.fromArray(SPECIES, out, to + 3 * columns + LANES);
    FloatVector s32 = FloatVector.fromArray(SPECIES, out, to + 3 * columns + 2 * LANES);
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
    s00.intoArray(out, to);
    s01.intoArray(out, to + LANES);
    s02.intoArray(out, to + 2 * LANES);
    s10.intoArray(out, to + columns);
    s11.intoArray(out, to + columns + LANES);
    s12.intoArray(out, to + columns + 2 * LANES);
    s20.intoArray(out, to + 2 * columns);
    s21.intoArray(out, to + 2 * columns + LANES);
    s22.intoArray(out, to + 2 * columns + 2 * LANES);
    s30.intoArray(out, to + 3 * columns);
    s31.intoArray(out, to + 3 * columns + LANES);
    s32.intoArray(out, to + 3 * columns + 2 * LANES);
  }
}
