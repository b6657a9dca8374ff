package org.deconvnet.kernels;

/**
 * Array work that is no convolution but just as hot: pooling's search, matrix products, sums of
 * kernel matrices, coordinate descent. Every implementation gives the same bits, save that {@link
 * #strongest} may take either of two zeros of unlike sign. Stateless and thread-safe.
 */
public interface ArrayKernels {
  /**
   * The inner loop of pooling: for each column, the strongest of the numbers that some lines have
   * there. The largest in size wins, of equal sizes the smaller value, then the earlier line; not a
   * number beats every number.
   *
   * @param starts where each line begins in {@code data}
   * @param lines how many there are
   * @param width columns
   * @param ranks receives {@link #rank} of each column's winner
   * @param winners receives the line of each column's winner
   */
  void strongest(float[] data, int[] starts, int lines, int width, int[] ranks, int[] winners);

  /**
   * A matrix product: {@code out[r,x] = Σ_d a[r,d] · b[d,x]}, d in ascending order and with one
   * rounding a term. Fastest for 48 columns: those of {@code b} then stay in the nearest cache.
   *
   * @param a (rows, depth)
   * @param b (depth, columns)
   * @param out (rows, columns)
   */
  void product(float[] a, int rows, int depth, float[] b, int columns, float[] out);

  /**
   * The inner loop of a linear kernel matrix: {@code sums[x] += Σ_i values[i] · table[rows[i] −
   * first, x]}, i from {@code from} to {@code to}, in that order and with one rounding a term.
   *
   * @param table (row, column), as many columns as there are sums
   * @param rows of the table, less {@code first}
   * @param sums one a column
   */
  void addProducts(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums);

  /**
   * The inner loop of an intersection kernel matrix: {@code sums[x] += Σ_i min(values[i],
   * table[rows[i] − first, x])}, otherwise as {@link #addProducts}. Numbers are finite and not
   * negative.
   */
  void addMinima(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums);

  /**
   * The inner loop of coordinate descent: some places next to each other learn of a change, and how
   * far each would move next: {@code gradient += change · products}, with one rounding, then {@code
   * largest = max(0,} {@link CoordinateState#moveFromZero}{@code )} over the maps.
   *
   * @param products (place, map), the first one's at {@code from}
   * @param place the first one
   * @param places how many there are
   */
  void descend(
      CoordinateState state, float change, float[] products, int from, int place, int places);

  /** A whole number that orders numbers as {@link #strongest} does: by size, then downwards. */
  static int rank(float value) {
    return Integer.rotateLeft(Float.floatToRawIntBits(value), 1) ^ Integer.MIN_VALUE;
  }

  /** The number that has this rank. */
  static float ranked(int rank) {
    return Float.intBitsToFloat(Integer.rotateRight(rank ^ Integer.MIN_VALUE, 1));
  }
}
