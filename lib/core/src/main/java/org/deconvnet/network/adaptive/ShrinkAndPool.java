package org.deconvnet.network.adaptive;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.MaxPool3d;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Soft thresholding and 3-D max pooling in one pass: [p, s] = P(soft(v, t)) for v = −step · g,
 * without writing the thresholded maps. Shrinking keeps the order of sizes, so the largest |g| of a
 * block wins both before and after; only winners are shrunk. Blocks that shrink to zero take their
 * first entry as their switch, as {@link MaxPool3d} does.
 *
 * <p>Lines of a block compete column by column first, which an engine does many columns at a time;
 * then the columns of each block. Holds two rows of scratch. Not thread-safe.
 */
public final class ShrinkAndPool {
  private final ConvolutionEngine engine;
  private final PoolSize size;

  /** Where each line of the present row of blocks begins. */
  private final int[] starts;

  private int[] ranks = {};
  private int[] lines = {};

  public ShrinkAndPool(ConvolutionEngine engine, PoolSize size) {
    this.engine = engine;
    this.size = size;
    this.starts = new int[size.maps() * size.rows()];
  }

  /**
   * @param g maps, (K, H, W)
   * @param threshold of the soft thresholding, on v
   * @param values receives p, {@code size.pooled(g.shape())}
   * @param switches receives s
   */
  public void pool(
      FeatureMaps g, float step, float threshold, FeatureMaps values, Switches switches) {
    Checks.sameShape("pooled values", size.pooled(g.shape()), values.shape());
    Checks.sameShape("switches", g.shape(), switches.unpooled());
    Shape pooled = values.shape();
    if (ranks.length < g.width()) {
      ranks = new int[g.width()];
      lines = new int[g.width()];
    }
    int at = 0;
    for (int k = 0; k < pooled.maps(); k++) {
      for (int y = 0; y < pooled.height(); y++) {
        strongestOfLines(g, k * size.maps(), y * size.rows());
        for (int x = 0; x < pooled.width(); x++, at++) {
          int column = strongestColumn(x * size.columns(), g.width());
          float strongest = ConvolutionEngine.ranked(ranks[column]);
          float shrunk = step * Math.abs(strongest) - threshold;
          boolean stays = !(shrunk <= 0);
          switches.index()[at] =
              stays ? starts[lines[column]] + column : starts[0] + x * size.columns();
          values.data()[at] = stays ? Math.copySign(shrunk, -strongest) : 0;
        }
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
    engine.strongest(g.data(), starts, line, g.width(), ranks, lines);
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
