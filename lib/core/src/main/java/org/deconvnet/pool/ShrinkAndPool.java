package org.deconvnet.pool;

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
 * <p>Holds one row of scratch. Not thread-safe.
 */
public final class ShrinkAndPool {
  private final ConvolutionEngine engine;
  private final PoolSize size;
  private float[] largest = {};

  public ShrinkAndPool(ConvolutionEngine engine, PoolSize size) {
    this.engine = engine;
    this.size = size;
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
    largest = largest.length >= g.width() ? largest : new float[g.width()];
    int at = 0;
    for (int k = 0; k < pooled.maps(); k++) {
      for (int y = 0; y < pooled.height(); y++) {
        largestOfLines(g, k * size.maps(), y * size.rows());
        for (int x = 0; x < pooled.width(); x++, at++) {
          poolBlock(
              g,
              k * size.maps(),
              y * size.rows(),
              x * size.columns(),
              at,
              step,
              threshold,
              values.data(),
              switches.index());
        }
      }
    }
  }

  /** For each column, the largest |g| over the block's maps and rows. */
  private void largestOfLines(FeatureMaps g, int map, int row) {
    int width = g.width();
    int lastMap = Math.min(map + size.maps(), g.maps());
    int lastRow = Math.min(row + size.rows(), g.height());
    java.util.Arrays.fill(largest, 0, width, 0);
    for (int k = map; k < lastMap; k++) {
      for (int y = row; y < lastRow; y++) {
        engine.raiseToAbsolute(largest, g.data(), g.index(k, y, 0), width);
      }
    }
  }

  private void poolBlock(
      FeatureMaps g,
      int map,
      int row,
      int column,
      int at,
      float step,
      float threshold,
      float[] values,
      int[] index) {
    int lastColumn = Math.min(column + size.columns(), g.width());
    float most = 0;
    for (int x = column; x < lastColumn; x++) {
      most = Math.max(most, largest[x]);
    }
    float shrunk = step * most - threshold;
    if (!(shrunk > 0)) {
      index[at] = g.index(map, row, column);
      // Not a number must not pass for "shrunk to zero".
      values[at] = shrunk <= 0 ? 0 : Float.NaN;
      return;
    }
    int winner = find(g, map, row, column, lastColumn, most);
    index[at] = winner;
    values[at] = g.data()[winner] < 0 ? shrunk : -shrunk;
  }

  /**
   * The first entry of that size for which v is positive, else the first of that size. Mostly one
   * column holds the size, and its few lines are all that is looked at.
   */
  private int find(FeatureMaps g, int map, int row, int column, int lastColumn, float most) {
    int first = column;
    while (largest[first] != most) {
      first++;
    }
    int last = lastColumn;
    while (largest[last - 1] != most) {
      last--;
    }
    return find(g, map, row, new Columns(first, last), most);
  }

  private record Columns(int first, int end) {}

  private int find(FeatureMaps g, int map, int row, Columns columns, float most) {
    int lastMap = Math.min(map + size.maps(), g.maps());
    int lastRow = Math.min(row + size.rows(), g.height());
    float[] data = g.data();
    int negative = -1;
    for (int k = map; k < lastMap; k++) {
      for (int y = row; y < lastRow; y++) {
        int line = g.index(k, y, 0);
        for (int i = line + columns.first; i < line + columns.end; i++) {
          if (data[i] == -most) {
            return i;
          }
          if (data[i] == most && negative < 0) {
            negative = i;
          }
        }
      }
    }
    return negative;
  }
}
