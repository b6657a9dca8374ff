package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.dictionary.WorstWindow;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Batch;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * New filters for maps that no image activates: what the other maps explain worst ({@link
 * WorstWindow}). A window of a sample image's residual, carried up to the layer's input and scaled
 * to unit norm, answers to its own place more than any other filter of unit norm can, so the map is
 * active there; a random filter loses the pooling to learned ones, as it did before. Windows are
 * taken one after the other by their energy, and none twice. The samples decide all, so any cluster
 * comes to the same filters. Not thread-safe.
 */
final class ResidualFilters {
  /** Coded on the driver: as many as one task of a small batch. */
  private static final int MOST_IMAGES = 16;

  private final ConvolutionEngine engine;
  private final AdaptiveCoding coding;
  private final FilterNorm norm;
  private final long seed;

  /**
   * @param coding with the present filters and a safe step
   * @param norm of the filters
   * @param seed draws filters where the residual is zero
   */
  ResidualFilters(ConvolutionEngine engine, AdaptiveCoding coding, FilterNorm norm, long seed) {
    this.engine = engine;
    this.coding = coding;
    this.norm = norm;
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
      WorstWindow worst = WorstWindow.of(residuals, replaced.side());
      if (worst.energy() > 0) {
        worst.moveTo(replaced, map);
      }
      // A window can also be empty: differences of sums leave a trace where nothing is.
      if (worst.energy() == 0 || norm.isZero(replaced, map)) {
        FilterInitializer.drawMap(replaced, map, seed);
      }
    }
    return norm.project(replaced);
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
}
