package org.deconvnet.solve.greedy;

import static org.deconvnet.kernels.CoordinateState.MAPS_TOGETHER;

import org.deconvnet.tensor.FilterBank;

/**
 * Inner products of filters with each other, which say what a change of one coefficient does to the
 * gradient of all others:
 *
 * <pre>G_k[u, k′] = Σ_c Σ_m d_k[c, m] d_k′[c, m − u],   |u| &lt; s</pre>
 *
 * <p>All maps of a place lie next to each other, filled up with zeros to a whole number of vectors.
 * A filter's table holds (2s−1)² K numbers and is made when it is first asked for. Not thread-safe.
 */
final class AtomProducts {
  private final FilterBank filters;
  private final int side;
  private final int maps;
  private final double[] norms;

  /** The filters backwards, (channel, row, column, map): place p+j sees tap s−1−j. */
  private final float[][] reversed;

  private final float[][] tables;

  AtomProducts(FilterBank filters) {
    this.filters = filters;
    this.side = filters.side();
    this.maps = (filters.maps() + MAPS_TOGETHER - 1) / MAPS_TOGETHER * MAPS_TOGETHER;
    this.norms = new double[filters.maps()];
    this.reversed = new float[filters.channels()][side * side * maps];
    this.tables = new float[filters.maps()][];
    for (int k = 0; k < filters.maps(); k++) {
      norms[k] = filters.norm(k) * filters.norm(k);
      reverse(k);
    }
  }

  private void reverse(int k) {
    int taps = side * side;
    for (int c = 0; c < reversed.length; c++) {
      for (int j = 0; j < taps; j++) {
        reversed[c][j * maps + k] = filters.data()[filters.offset(k, c) + taps - 1 - j];
      }
    }
  }

  FilterBank filters() {
    return filters;
  }

  int side() {
    return side;
  }

  /** Numbers a place has: the maps and what fills them up. */
  int maps() {
    return maps;
  }

  /** ‖d_k‖². */
  double squaredNorm(int k) {
    return norms[k];
  }

  /** Tap (row, column) of a filter in a channel. */
  float tap(int k, int channel, int row, int column) {
    return filters.get(k, channel, row, column);
  }

  /**
   * What one pixel of a channel is to the atoms over it, first to last place: (s, s, map). Shared.
   */
  float[] overPixel(int channel) {
    return reversed[channel];
  }

  /** G_k, (2s−1, 2s−1, map), from the place furthest up and left of the atom. Shared. */
  float[] table(int k) {
    if (tables[k] == null) {
      tables[k] = products(k);
    }
    return tables[k];
  }

  private float[] products(int k) {
    int width = 2 * side - 1;
    float[] table = new float[width * width * maps];
    for (int c = 0; c < reversed.length; c++) {
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          float tap = tap(k, c, row, column);
          for (int j = 0; j < side; j++) {
            int to = ((row + j) * width + column) * maps;
            addScaled(tap, reversed[c], j * side * maps, table, to, side * maps);
          }
        }
      }
    }
    return table;
  }

  private static void addScaled(float a, float[] x, int from, float[] sums, int to, int count) {
    for (int i = 0; i < count; i++) {
      sums[to + i] += a * x[from + i];
    }
  }
}
