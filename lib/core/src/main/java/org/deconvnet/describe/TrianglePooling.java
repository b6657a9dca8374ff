package org.deconvnet.describe;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Sums of |z| under a separable triangle, at the cells of two {@link GridAxis} only. A cell of
 * {@code s} pixels that starts at pixel p has its centre at p + s/2; the pixel q, whose own centre
 * is q + ½, weighs {@code max(0, 1 − |q + ½ − (p + s/2)| / s)} along each axis. Not thread-safe: it
 * holds scratch for one image.
 */
final class TrianglePooling {
  private final GridAxis rows;
  private final GridAxis columns;
  private final float[] weights;
  private final int reach;
  private final float[] lineSums;
  private final float[] cellSums;

  TrianglePooling(GridAxis rows, GridAxis columns, int cellSize, int mapWidth) {
    this.rows = rows;
    this.columns = columns;
    this.weights = weights(cellSize);
    this.reach = cellSize / 2;
    this.lineSums = new float[mapWidth];
    this.cellSums = new float[rows.size() * columns.size()];
  }

  /** Weights of the 2 s pixels from s/2 (rounded down) before the cell's first one. */
  private static float[] weights(int cellSize) {
    float[] weights = new float[2 * cellSize];
    for (int t = 0; t < weights.length; t++) {
      double distance = Math.abs(t - cellSize / 2 + 0.5 - cellSize / 2.0);
      weights[t] = (float) Math.max(0, 1 - distance / cellSize);
    }
    return weights;
  }

  /**
   * The cells of one map, (lattice row, lattice column); overwritten by the next call.
   *
   * @param top map row of image row 0
   * @param left map column of image column 0
   */
  float[] cells(FeatureMaps maps, int map, int top, int left) {
    for (int q = 0; q < rows.size(); q++) {
      sumLines(maps, map, top + rows.cellStart(q) - reach);
      for (int p = 0; p < columns.size(); p++) {
        cellSums[q * columns.size() + p] = sumColumns(left + columns.cellStart(p) - reach);
      }
    }
    return cellSums;
  }

  private void sumLines(FeatureMaps maps, int map, int first) {
    Arrays.fill(lineSums, 0);
    float[] data = maps.data();
    int last = Math.min(weights.length, maps.height() - first);
    for (int t = Math.max(0, -first); t < last; t++) {
      float weight = weights[t];
      int line = maps.index(map, first + t, 0);
      for (int x = 0; x < lineSums.length; x++) {
        lineSums[x] += weight * Math.abs(data[line + x]);
      }
    }
  }

  private float sumColumns(int first) {
    int last = Math.min(weights.length, lineSums.length - first);
    float sum = 0;
    for (int t = Math.max(0, -first); t < last; t++) {
      sum += weights[t] * lineSums[first + t];
    }
    return sum;
  }
}
