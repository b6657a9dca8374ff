package org.deconvnet.pool;

import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
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

  private float[] best = {};
  private float[] lines = {};

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
    best = best.length >= g.width() ? best : new float[g.width()];
    lines = lines.length >= g.width() ? lines : new float[g.width()];
    int at = 0;
    for (int k = 0; k < pooled.maps(); k++) {
      for (int y = 0; y < pooled.height(); y++) {
        strongestOfLines(g, k * size.maps(), y * size.rows());
        for (int x = 0; x < pooled.width(); x++, at++) {
          int column = strongestColumn(x * size.columns(), g.width());
          float shrunk = step * Math.abs(best[column]) - threshold;
          boolean stays = !(shrunk <= 0);
          switches.index()[at] =
              stays ? starts[(int) lines[column]] + column : starts[0] + x * size.columns();
          values.data()[at] = stays ? (best[column] < 0 ? shrunk : -shrunk) : 0;
        }
      }
    }
  }

  private void strongestOfLines(FeatureMaps g, int map, int row) {
    int width = g.width();
    int lastMap = Math.min(map + size.maps(), g.maps());
    int lastRow = Math.min(row + size.rows(), g.height());
    Arrays.fill(best, 0, width, 0);
    Arrays.fill(lines, 0, width, 0);
    int line = 0;
    for (int k = map; k < lastMap; k++) {
      for (int y = row; y < lastRow; y++) {
        starts[line] = g.index(k, y, 0);
        engine.strongest(best, lines, line, g.data(), starts[line], width);
        line++;
      }
    }
  }

  /** v is −step · g: of equal sizes the smaller g wins; of equal values the earlier line. */
  private int strongestColumn(int from, int width) {
    int winner = from;
    int end = Math.min(from + size.columns(), width);
    for (int x = from + 1; x < end; x++) {
      float sizeOfX = Math.abs(best[x]);
      float most = Math.abs(best[winner]);
      boolean tie = sizeOfX == most;
      boolean wins =
          sizeOfX > most
              || (tie && best[x] < best[winner])
              || (tie && best[x] == best[winner] && lines[x] < lines[winner])
              || Float.isNaN(best[x]);
      winner = wins ? x : winner;
    }
    return winner;
  }
}
