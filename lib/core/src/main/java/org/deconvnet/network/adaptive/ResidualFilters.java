package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Batch;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * New filters for maps that no image activates: what the other maps explain worst, as in K-SVD
 * (Aharon, Elad and Bruckstein, IEEE Trans. Signal Processing 2006, section IV-C). A window of a
 * sample image's residual, carried up to the layer's input and scaled to unit norm, answers to its
 * own place more than any other filter of unit norm can, so the map is active there; a random
 * filter loses the pooling to learned ones, as it did before. Windows are taken one after the other
 * by their energy, and none twice. The samples decide all, so any cluster comes to the same
 * filters. Not thread-safe.
 */
final class ResidualFilters {
  /** Coded on the driver: as many as one task of a small batch. */
  private static final int MOST_IMAGES = 16;

  private final ConvolutionEngine engine;
  private final AdaptiveCoding coding;
  private final long seed;

  /**
   * @param coding with the present filters and a safe step
   * @param seed draws filters where the residual is zero
   */
  ResidualFilters(ConvolutionEngine engine, AdaptiveCoding coding, long seed) {
    this.engine = engine;
    this.coding = coding;
    this.seed = seed;
  }

  /**
   * @param dead maps from 0
   * @return a copy of the filters with other ones for these maps, all of unit norm
   */
  FilterBank replace(
      List<Integer> dead, List<? extends Batch<AdaptiveImage, AdaptiveCoding>> batches) {
    List<FeatureMaps> residuals = residuals(batches);
    FilterBank replaced = coding.layer().filters().copy();
    for (int map : dead) {
      Window worst = worst(residuals);
      if (worst != null) {
        worst.moveTo(replaced, map);
      }
      // A window can also be empty: differences of sums leave a trace where nothing is.
      if (worst == null || replaced.norm(map) == 0) {
        FilterInitializer.drawMap(replaced, map, seed);
      }
    }
    return UnitNorm.project(replaced);
  }

  private List<FeatureMaps> residuals(
      List<? extends Batch<AdaptiveImage, AdaptiveCoding>> batches) {
    AdaptiveCoder coder = coding.coder(engine);
    List<FeatureMaps> residuals = new ArrayList<>();
    for (Batch<AdaptiveImage, AdaptiveCoding> batch : batches) {
      for (AdaptiveImage image : batch.sample()) {
        if (residuals.size() == MOST_IMAGES) {
          return residuals;
        }
        residuals.add(coder.residualAtInput(coder.code(image)));
      }
    }
    return residuals;
  }

  /** Null where all residuals are zero. */
  private Window worst(List<FeatureMaps> residuals) {
    Window worst = null;
    for (FeatureMaps residual : residuals) {
      Window window = Window.worst(residual, coding.layer().filters().side());
      if (window.energy > (worst == null ? 0 : worst.energy)) {
        worst = window;
      }
    }
    return worst;
  }

  /** A square of a residual; what lies outside the residual counts as zeros. */
  private record Window(FeatureMaps residual, int side, int row, int column, double energy) {

    /** The first one of the largest energy, by its sums along rows, then columns. */
    static Window worst(FeatureMaps residual, int side) {
      double[][] sums = areaSums(residual);
      Window worst = new Window(residual, side, 0, 0, 0);
      for (int row = 0; row <= Math.max(0, residual.height() - side); row++) {
        for (int column = 0; column <= Math.max(0, residual.width() - side); column++) {
          int bottom = Math.min(row + side, residual.height());
          int right = Math.min(column + side, residual.width());
          double energy =
              sums[bottom][right] - sums[row][right] - sums[bottom][column] + sums[row][column];
          if (energy > worst.energy) {
            worst = new Window(residual, side, row, column, energy);
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

    /** Becomes a map's filter, and zero in the residual, so that the next map takes another. */
    void moveTo(FilterBank filters, int map) {
      for (int c = 0; c < filters.channels(); c++) {
        for (int i = 0; i < side; i++) {
          for (int j = 0; j < side; j++) {
            boolean inside = row + i < residual.height() && column + j < residual.width();
            filters.data()[filters.offset(map, c) + i * side + j] =
                inside ? residual.get(c, row + i, column + j) : 0;
            if (inside) {
              residual.set(c, row + i, column + j, 0);
            }
          }
        }
      }
    }
  }
}
