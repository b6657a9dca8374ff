package org.deconvnet.kernels;

import java.util.Arrays;

/**
 * Loops as the formulas say them: the written specification, and the oracle of every faster
 * implementation. Stateless and thread-safe.
 */
public final class ScalarArrayKernels implements ArrayKernels {
  @Override
  public void strongest(
      float[] data, int[] starts, int lines, int width, int[] ranks, int[] winners) {
    for (int x = 0; x < width; x++) {
      int winner = 0;
      for (int line = 1; line < lines; line++) {
        if (beats(data[starts[line] + x], data[starts[winner] + x])) {
          winner = line;
        }
      }
      ranks[x] = ArrayKernels.rank(data[starts[winner] + x]);
      winners[x] = winner;
    }
  }

  @Override
  public void product(float[] a, int rows, int depth, float[] b, int columns, float[] out) {
    Arrays.fill(out, 0, rows * columns, 0);
    for (int r = 0; r < rows; r++) {
      for (int d = 0; d < depth; d++) {
        float factor = a[r * depth + d];
        for (int x = 0; x < columns; x++) {
          out[r * columns + x] = Math.fma(factor, b[d * columns + x], out[r * columns + x]);
        }
      }
    }
  }

  @Override
  public void addProducts(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums) {
    for (int i = from; i < to; i++) {
      int row = (rows[i] - first) * sums.length;
      for (int x = 0; x < sums.length; x++) {
        sums[x] = Math.fma(values[i], table[row + x], sums[x]);
      }
    }
  }

  @Override
  public void addMinima(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums) {
    for (int i = from; i < to; i++) {
      int row = (rows[i] - first) * sums.length;
      for (int x = 0; x < sums.length; x++) {
        sums[x] += Math.min(values[i], table[row + x]);
      }
    }
  }

  @Override
  public void descend(
      CoordinateState state, float change, float[] products, int from, int place, int places) {
    int maps = state.maps();
    float[] gradient = state.gradient();
    for (int p = 0; p < places; p++) {
      int at = (place + p) * maps;
      float largest = 0;
      for (int k = 0; k < maps; k++) {
        gradient[at + k] = Math.fma(change, products[from + p * maps + k], gradient[at + k]);
        largest = Math.max(largest, state.moveFromZero(at, k));
      }
      state.largest()[place + p] = largest;
    }
  }

  private static boolean beats(float challenger, float present) {
    if (Float.isNaN(challenger) || Float.isNaN(present)) {
      return !Float.isNaN(present);
    }
    float size = Math.abs(challenger);
    return size > Math.abs(present) || (size == Math.abs(present) && challenger < present);
  }
}
