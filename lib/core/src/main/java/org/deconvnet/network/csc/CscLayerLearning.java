package org.deconvnet.network.csc;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.deconvnet.dictionary.AtomLayout;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.dictionary.AtomShapes;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.UnitBallStep;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.dictionary.WorstWindow;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Batch;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * How a dictionary is learned: codes go on from those of the epoch before; the statistics of a
 * batch's codes join what is remembered of earlier batches, and the filters go towards the minimum
 * of the quadratic that these statistics describe, inside the unit ball (online dictionary
 * learning, Mairal et al., JMLR 2010; without memory and with one batch, plain alternation). Codes
 * of early epochs, whose filters will move, are stopped early. Maps that no image uses in a whole
 * epoch get the window that the others explain worst ({@link WorstWindow}). Not thread-safe.
 */
final class CscLayerLearning implements LayerLearning<CscImage, CscCoding> {
  private static final int NUMBER = 1;

  /** More sweeps follow the codes of one round too far, and end with a higher objective. */
  private static final UnitBallStep STEP = new UnitBallStep(5, 1e-7);

  /** The first epoch's tolerance, and the last one's where the user asks for no larger one. */
  private static final double FIRST_TOLERANCE = 0.5;

  private static final double LAST_TOLERANCE = 0.05;

  /** Coded on the driver to find what is explained worst. */
  private static final int MOST_IMAGES = 16;

  private final ConvolutionEngine engine;
  private final CscOptions options;
  private final AtomShapes shapes;
  private final FilterBank start;
  private final long seed;

  /**
   * @param start filters of norm 1 at most
   * @param seed draws filters where nothing is explained badly
   */
  CscLayerLearning(ConvolutionEngine engine, CscOptions options, FilterBank start, long seed) {
    this.engine = engine;
    this.options = options;
    this.shapes = options.coding().shapes();
    this.start = start;
    this.seed = seed;
  }

  @Override
  public int number() {
    return NUMBER;
  }

  @Override
  public int epochs() {
    return options.epochs();
  }

  @Override
  public double lambda() {
    return options.coding().lambda();
  }

  @Override
  public String lessSparse() {
    return "lower network.lambda, now " + lambda();
  }

  @Override
  public LayerState start() {
    return LayerState.start(NUMBER, start, start.maps());
  }

  @Override
  public AtomQuadratic noStatistics(FilterBank filters) {
    return AtomQuadratic.zero(AtomLayout.of(filters));
  }

  @Override
  public LayerState round(LayerState state, Batch<CscImage, CscCoding> batch, int batches) {
    CscSums sums = batch.code(coding(state), CscLayerLearning::sum);
    AtomQuadratic carried =
        AtomQuadratic.carried(
            (AtomQuadratic) state.remembered(), options.memory(), batches, sums.quadratic());
    FilterBank solved = STEP.solve(carried, state.filters(), shapes);
    return state.withBatch(solved, options.memory() > 0 ? carried : null, sums.totals());
  }

  private static CscSums sum(
      Iterator<CscImage> coded, CscCoding coding, ConvolutionEngine engine, long all) {
    CscSums sums = new CscSums(coding.layer(), all);
    coded.forEachRemaining(image -> sums.add(engine, coding.layer(), image));
    return sums;
  }

  private CscCoding coding(LayerState state) {
    double tolerance = Math.max(falling(state.epoch()), options.coding().descent().tolerance());
    return new CscCoding(new CscLayer(state.filters(), options.coding().withTolerance(tolerance)));
  }

  /** By the same factor from epoch to epoch. */
  private double falling(int epoch) {
    if (options.epochs() == 1) {
      return LAST_TOLERANCE;
    }
    double share = (double) (epoch - 1) / (options.epochs() - 1);
    return FIRST_TOLERANCE * StrictMath.pow(LAST_TOLERANCE / FIRST_TOLERANCE, share);
  }

  @Override
  public LayerState nextEpoch(
      LayerState done,
      List<? extends Batch<CscImage, CscCoding>> batches,
      TrainingListener listener) {
    List<Integer> dead =
        done.totals().deadMaps().stream().filter(map -> !shapes.fixed(map)).toList();
    boolean replace = !dead.isEmpty() && done.epoch() < options.epochs();
    if (!dead.isEmpty()) {
      listener.deadMaps(NUMBER, done.epoch(), dead, replace);
    }
    return done.nextEpoch(replace ? replaced(done, dead, batches) : done.filters());
  }

  private FilterBank replaced(
      LayerState done, List<Integer> dead, List<? extends Batch<CscImage, CscCoding>> batches) {
    List<FeatureMaps> residuals = residuals(coding(done), batches);
    FilterBank filters = done.filters().copy();
    AtomQuadratic remembered = (AtomQuadratic) done.remembered();
    for (int map : dead) {
      if (remembered != null) {
        remembered.forget(map);
      }
      WorstWindow worst = WorstWindow.of(residuals, shapes.side(map));
      worst.moveTo(filters, map);
      if (filters.norm(map) == 0) {
        FilterInitializer.drawMap(filters, map, seed + done.epoch());
        shapes.cut(filters);
      }
      UnitNorm.scale(filters, map);
    }
    return filters;
  }

  /** Samples are coded from zero: what code they last had depends on when they were drawn. */
  private List<FeatureMaps> residuals(
      CscCoding coding, List<? extends Batch<CscImage, CscCoding>> batches) {
    CscCoder coder = coding.coder(engine);
    List<FeatureMaps> residuals = new ArrayList<>();
    for (Batch<CscImage, CscCoding> batch : batches) {
      for (CscImage image : batch.sample()) {
        if (residuals.size() < MOST_IMAGES) {
          residuals.add(coder.residual(coder.code(image.withoutCode())));
        }
      }
    }
    return residuals;
  }

  @Override
  public CscCoding finished(LayerState end, List<? extends Batch<CscImage, CscCoding>> batches) {
    return new CscCoding(new CscLayer(end.filters(), options.coding()));
  }
}
