package org.deconvnet.network.adaptive;

import java.util.List;
import java.util.function.Consumer;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.operator.Reconstruction;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.OperatorNorm;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * Learns the filters of one layer by alternation (Zeiler et al., ICCV 2011, algorithm 1): code the
 * images of a batch with the filters, update the filters with the codes, go on to the next batch.
 * The one algorithm for a single JVM and for a cluster: they differ in their {@link TrainingBatch}.
 * Maps that no image activates in a whole epoch get new filters ({@link ResidualFilters}). Not
 * thread-safe.
 */
public final class LayerTrainer {
  /** How far above that of no code at all a batch's objective may be; a code of zeros is at it. */
  private static final double WORSE = 1.01;

  private final ConvolutionEngine engine;
  private final FilterUpdate update;
  private final TrainingListener listener;
  private final long seed;

  public LayerTrainer(
      ConvolutionEngine engine,
      QuadraticMinimizer minimizer,
      TrainingListener listener,
      long seed) {
    this.engine = engine;
    this.update = new FilterUpdate(minimizer);
    this.listener = listener;
    this.seed = seed;
  }

  /**
   * Learns the layer on top of {@code below} from its start, and keeps no checkpoints.
   *
   * @param channels maps that the layer reconstructs: colour channels, or pooled maps of the layer
   *     below
   */
  public TrainedLayer train(
      AdaptiveNetwork below,
      int channels,
      AdaptiveOptions options,
      List<? extends TrainingBatch> batches) {
    return train(below, options, batches, start(below, channels, options), state -> {});
  }

  /** The state before the first batch: random filters of unit norm. */
  public LayerState start(AdaptiveNetwork below, int channels, AdaptiveOptions options) {
    Connectivity full = Connectivity.full(options.maps(), channels);
    return LayerState.start(
        below.depth() + 1,
        FilterInitializer.gaussian(full, options.filterSide(), seed + below.depth()));
  }

  /**
   * Learns the layer on top of {@code below}.
   *
   * @param batches every image once, in batches; their images carry the switches of all layers
   *     below
   * @param from where to start, or to go on
   * @param checkpoint is given the state after each batch, before the listener hears of it
   * @throws SolverDivergedException naming layer, epoch, batch and the last values, if codes or
   *     filters stop being finite, or codes become worse than none
   */
  public TrainedLayer train(
      AdaptiveNetwork below,
      AdaptiveOptions options,
      List<? extends TrainingBatch> batches,
      LayerState from,
      Consumer<LayerState> checkpoint) {
    LayerState state = from;
    while (state.epoch() <= options.epochs()) {
      LayerState done = round(below, options, batches, state);
      boolean whole = done.batches() == batches.size();
      state = whole ? nextEpoch(below, options, batches, done) : done;
      checkpoint.accept(state);
      LayerProgress progress = done.totals().progress(done.layer(), done.epoch());
      listener.batchDone(progress, done.batches(), batches.size());
      if (state.epoch() > options.epochs() && progress.empty()) {
        listener.emptyLayer(done.layer(), options.lambda());
      }
    }
    double step = step(below, state.filters(), options, batches);
    return new TrainedLayer(layer(options, state.filters(), step), state.epochs());
  }

  /** Codes the next batch and updates the filters. */
  private LayerState round(
      AdaptiveNetwork below,
      AdaptiveOptions options,
      List<? extends TrainingBatch> batches,
      LayerState state) {
    TrainingBatch batch = batches.get(state.batches());
    try {
      double step = step(below, state.filters(), options, List.of(batch));
      AdaptiveLayer layer = layer(options, state.filters(), step);
      BatchSummary coded = batch.code(below, layer);
      requireBetterThanNoCode(coded.totals(), layer, state.layer());
      EpochTotals totals = state.totals().copy();
      totals.merge(coded.totals());
      return state.withBatch(update.update(batch, below, layer, coded, options.cgSteps()), totals);
    } catch (Exception e) {
      rethrowDivergence(e, state);
      throw e;
    } finally {
      batch.release();
    }
  }

  /** A cluster wraps what its tasks throw: the cause says what happened, the state says where. */
  private static void rethrowDivergence(Exception failure, LayerState state) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SolverDivergedException) {
        throw SolverDivergedException.inLearning(
            "layer %d, epoch %d, batch %d: learning diverges: %s; before: %s"
                .formatted(
                    state.layer(),
                    state.epoch(),
                    state.batches() + 1,
                    t.getMessage(),
                    state.lastValues()),
            failure);
      }
    }
  }

  /** ISTA starts from z = 0, whose objective is λ/2 ‖y‖²: above it, steps lead away. */
  private static void requireBetterThanNoCode(EpochTotals coded, AdaptiveLayer layer, int number) {
    double none = layer.lambda() / 2 * coded.energy();
    LayerProgress got = coded.progress(number, 0);
    if (got.objective() > WORSE * none) {
      throw SolverDivergedException.inLearning(
          "expected an objective of at most %s, that of no code at all, got %s with step %s; use a smaller step, or let it be set from the operator norm (step: 0)"
              .formatted(none, got.objective(), layer.step()),
          null);
    }
  }

  private LayerState nextEpoch(
      AdaptiveNetwork below,
      AdaptiveOptions options,
      List<? extends TrainingBatch> batches,
      LayerState done) {
    List<Integer> dead = done.totals().deadMaps();
    boolean replace = !dead.isEmpty() && done.epoch() < options.epochs();
    if (!dead.isEmpty()) {
      listener.deadMaps(done.layer(), done.epoch(), dead, replace);
    }
    if (!replace) {
      return done.nextEpoch(done.filters());
    }
    AdaptiveLayer layer =
        layer(options, done.filters(), step(below, done.filters(), options, batches));
    return done.nextEpoch(
        new ResidualFilters(engine, below, layer, seed + done.epoch()).replace(dead, batches));
  }

  /** The step asked for, or one below the inverse of the largest norm met on sample images. */
  private double step(
      AdaptiveNetwork below,
      FilterBank filters,
      AdaptiveOptions options,
      List<? extends TrainingBatch> batches) {
    if (options.step() > 0) {
      return options.step();
    }
    double norm = 0;
    for (TrainingBatch batch : batches) {
      for (AdaptiveImage image : batch.sample()) {
        Reconstruction r =
            below.reconstruction(engine, filters, image.lower(), image.image().shape());
        norm = Math.max(norm, OperatorNorm.estimate(r, seed));
      }
    }
    return Ista.MARGIN / norm;
  }

  private static AdaptiveLayer layer(AdaptiveOptions options, FilterBank filters, double step) {
    return new AdaptiveLayer(filters, options.pool(), options.lambda(), options.iterations(), step);
  }
}
