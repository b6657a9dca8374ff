package org.deconvnet.solve;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A proximal operator and 3-D max pooling in one pass: [p, s] = P(prox(v)) for v = −step · g,
 * without writing the shrunk maps. An operator that {@link Penalty#keepsOrder} leaves the largest
 * |g| of a block the winner; only winners are shrunk, a row of blocks at a time. Blocks that shrink
 * to zero take their first entry as their switch, as the plain {@link
 * org.deconvnet.solve.reference.MaxPool3d} does.
 *
 * <p>Lines of a block compete column by column first, many columns at a time; then the columns of
 * each block. Holds rows of scratch. Not thread-safe.
 */
final class ShrinkAndPool {
  private final ArrayKernels kernels;
  private final PoolSize size;

  /** Where each line of the present row of blocks begins. */
  private final int[] starts;

  private int[] ranks = {};
  private int[] lines = {};

  ShrinkAndPool(ArrayKernels kernels, PoolSize size) {
    this.kernels = kernels;
    this.size = size;
    this.starts = new int[size.maps() * size.rows()];
  }

  /**
   * @param g maps, (K, H, W)
   * @param values receives p, {@code size.pooled(g.shape())}
   * @param switches receives s
   */
  void pool(FeatureMaps g, float step, Proximal proximal, FeatureMaps values, Switches switches) {
    Checks.sameShape("pooled values", size.pooled(g.shape()), values.shape());
    Checks.sameShape("switches", g.shape(), switches.unpooled());
    Shape pooled = values.shape();
    if (ranks.length < g.width()) {
      ranks = new int[g.width()];
      lines = new int[g.width()];
    }
    for (int k = 0; k < pooled.maps(); k++) {
      for (int y = 0; y < pooled.height(); y++) {
        strongestOfLines(g, k * size.maps(), y * size.rows());
        int row = values.index(k, y, 0);
        strongestOfColumns(g.width(), values, switches, row);
        proximal.apply(values.data(), -step, values.data(), row, row + pooled.width());
        resetZeros(values, switches, row);
      }
    }
  }

  private void strongestOfLines(FeatureMaps g, int map, int row) {
    int lastMap = Math.min(map + size.maps(), g.maps());
    int lastRow = Math.min(row + size.rows(), g.height());
    int line = 0;
    for (int k = map; k < lastMap; k++) {
      for (int y = row; y < lastRow; y++) {
        starts[line++] = g.index(k, y, 0);
      }
    }
    kernels.strongest(g.data(), starts, line, g.width(), ranks, lines);
  }

  /** Winners of a row of blocks, not yet shrunk, and where they are. */
  private void strongestOfColumns(int width, FeatureMaps values, Switches switches, int row) {
    for (int x = 0; x < values.width(); x++) {
      int column = strongestColumn(x * size.columns(), width);
      values.data()[row + x] = ArrayKernels.ranked(ranks[column]);
      switches.index()[row + x] = starts[lines[column]] + column;
    }
  }

  private void resetZeros(FeatureMaps values, Switches switches, int row) {
    for (int x = 0; x < values.width(); x++) {
      if (values.data()[row + x] == 0) {
        // Of either sign before.
        values.data()[row + x] = 0;
        switches.index()[row + x] = starts[0] + x * size.columns();
      }
    }
  }

  /** v is −step · g: of equal sizes the smaller g wins; of equal values the earlier line. */
  private int strongestColumn(int from, int width) {
    int winner = from;
    int end = Math.min(from + size.columns(), width);
    for (int x = from + 1; x < end; x++) {
      boolean wins =
          ranks[x] > ranks[winner] || (ranks[x] == ranks[winner] && lines[x] < lines[winner]);
      winner = wins ? x : winner;
    }
    return winner;
  }
}
