package org.deconvnet.dictionary;

import org.deconvnet.tensor.FilterBank;

/**
 * The products A[(k,u),(k′,u′)] of one map k with all maps k′ of a set, for taps u = (i, j) and u′
 * = (i′, j′) with i ≥ i′. Axis order is (k′, i, j, i′, j′): a row for each (k′, i, j), the longer
 * the larger i. Pairs of the same lag u − u′ follow from each other by steps, as {@link
 * CodeCorrelations} says. Not thread-safe.
 */
final class TapPairs {
  private final int side;
  private final int taps;
  private final int maps;
  private final float[] products;

  TapPairs(int maps, int side) {
    this.side = side;
    this.taps = side * side;
    this.maps = maps;
    this.products = new float[Math.toIntExact(maps * count(side))];
  }

  /** Pairs of taps of two maps. */
  static long count(int side) {
    return (long) side * side * side * (side + 1) / 2;
  }

  /** The numbers themselves, shared. */
  float[] products() {
    return products;
  }

  /**
   * Sets the pairs that all others follow from.
   *
   * @param starts (k′, c, i′, j′)
   * @param channel c that has the pairs of tap (s−1, s−1); the next one has those of (s−1, 0)
   */
  void start(FilterBank starts, int channel) {
    for (int other = 0; other < maps; other++) {
      int last = row(other, side - 1, side - 1);
      int first = row(other, side - 1, 0);
      System.arraycopy(starts.data(), starts.offset(other, channel), products, last, taps);
      System.arraycopy(starts.data(), starts.offset(other, channel + 1), products, first, taps);
    }
  }

  /** Where the pairs of tap (i, j) with another map's taps start. */
  private int row(int other, int i, int j) {
    return other * (int) count(side) + taps * (i * (i + 1) / 2) + j * side * (i + 1);
  }

  /**
   * Steps along filter row s−1: from its last tap leftwards where j ≥ j′, from its first one
   * rightwards elsewhere.
   *
   * @param gains as {@link WindowMoves#columnGains} has them
   */
  void fillLastRow(FilterBank gains) {
    for (int other = 0; other < maps; other++) {
      for (int line = 0; line < taps; line += side) {
        int at = row(other, side - 1, 0) + line;
        for (int j = side - 1; j > 0; j--) {
          left(at + j * taps, j, gains.data(), gains.offset(other, j - 1) + line);
        }
        for (int j = 1; j < side; j++) {
          right(at + j * taps, j, gains.data(), gains.offset(other, j - 1) + line);
        }
      }
    }
  }

  private void left(int at, int j, float[] gains, int gain) {
    for (int v = 1; v <= j; v++) {
      products[at - taps + v - 1] = products[at + v] + gains[gain + v];
    }
  }

  private void right(int at, int j, float[] gains, int gain) {
    for (int v = j + 1; v < side; v++) {
      products[at + v] = products[at - taps + v - 1] - gains[gain + v];
    }
  }

  /**
   * Steps upwards from filter row s−1.
   *
   * @param gains as {@link WindowMoves#rowGains} has them
   */
  void fillRowsAbove(FilterBank gains) {
    for (int other = 0; other < maps; other++) {
      for (int i = side - 1; i > 0; i--) {
        for (int j = 0; j < side; j++) {
          int gain = gains.offset(other, (i - 1) * side + j) + side;
          up(row(other, i, j) + side, row(other, i - 1, j), i * side, gains.data(), gain);
        }
      }
    }
  }

  private void up(int from, int to, int length, float[] gains, int gain) {
    for (int v = 0; v < length; v++) {
      products[to + v] = products[from + v] + gains[gain + v];
    }
  }
}
