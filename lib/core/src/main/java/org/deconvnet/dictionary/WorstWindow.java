package org.deconvnet.dictionary;

import java.util.List;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The window of some residuals that filters explain worst, as a new filter for a map that no image
 * activates, as in K-SVD (Aharon, Elad and Bruckstein, IEEE Trans. Signal Processing 2006, section
 * IV-C). What lies outside a residual counts as zeros. Not thread-safe.
 *
 * @param residual (C, H, W)
 * @param energy its sum of squares
 */
public record WorstWindow(FeatureMaps residual, int side, int row, int column, double energy) {
  /**
   * The first one of the largest energy.
   *
   * @return of energy 0 where all residuals are zero
   */
  public static WorstWindow of(List<FeatureMaps> residuals, int side) {
    WorstWindow worst = null;
    for (FeatureMaps residual : residuals) {
      WorstWindow window = of(residual, side);
      if (worst == null || window.energy > worst.energy) {
        worst = window;
      }
    }
    return worst;
  }

  /** By sums of squares along rows, then columns. */
  private static WorstWindow of(FeatureMaps residual, int side) {
    double[][] sums = areaSums(residual);
    WorstWindow worst = new WorstWindow(residual, side, 0, 0, 0);
    for (int row = 0; row <= Math.max(0, residual.height() - side); row++) {
      for (int column = 0; column <= Math.max(0, residual.width() - side); column++) {
        int bottom = Math.min(row + side, residual.height());
        int right = Math.min(column + side, residual.width());
        double energy =
            sums[bottom][right] - sums[row][right] - sums[bottom][column] + sums[row][column];
        if (energy > worst.energy) {
          worst = new WorstWindow(residual, side, row, column, energy);
        }
      }
    }
    return worst;
  }

  /** At (i, j): Σ of squares over all channels in the first i rows and j columns. */
  private static double[][] areaSums(FeatureMaps r) {
    double[][] sums = new double[r.height() + 1][r.width() + 1];
    for (int i = 0; i < r.height(); i++) {
      double row = 0;
      for (int j = 0; j < r.width(); j++) {
        for (int c = 0; c < r.maps(); c++) {
          row += (double) r.get(c, i, j) * r.get(c, i, j);
        }
        sums[i + 1][j + 1] = sums[i][j + 1] + row;
      }
    }
    return sums;
  }

  /**
   * Becomes a map's filter, its other taps zero, and zero in the residual, so that the next map
   * takes another window. Is not scaled.
   *
   * @param filters of this side at least
   */
  public void moveTo(FilterBank filters, int map) {
    for (int c = 0; c < filters.channels(); c++) {
      for (int i = 0; i < filters.side(); i++) {
        for (int j = 0; j < filters.side(); j++) {
          boolean inside =
              i < side && j < side && row + i < residual.height() && column + j < residual.width();
          filters.data()[filters.offset(map, c) + i * filters.side() + j] =
              inside ? residual.get(c, row + i, column + j) : 0;
          if (inside) {
            residual.set(c, row + i, column + j, 0);
          }
        }
      }
    }
  }
}
