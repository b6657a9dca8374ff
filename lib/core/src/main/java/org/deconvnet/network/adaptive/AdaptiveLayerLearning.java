package org.deconvnet.network.adaptive;

import java.util.Iterator;
import java.util.List;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngineProvider;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.Batch;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.solve.Ista;
import org.deconvnet.solve.OperatorNorm;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * How a layer of the adaptive network is learned (Zeiler et al., ICCV 2011, algorithm 1): codes
 * start from zero, and a few conjugate-gradient steps move the filters after each batch ({@link
 * FilterUpdate}). Maps that no image activates in a whole epoch get new filters ({@link
 * ResidualFilters}). The images carry the switches of all layers below. Not thread-safe.
 */
public final class AdaptiveLayerLearning implements LayerLearning<AdaptiveImage, AdaptiveCoding> {
  /** How far above that of no code at all a batch's objective may be; a code of zeros is at it. */
  private static final double WORSE = 1.01;

  private final ConvolutionEngine engine;
  private final FilterUpdate update;
  private final long seed;
  private final int number;
  private final AdaptiveNetwork below;
  private final int channels;
  private final AdaptiveOptions options;

  /**
   * The layer on top of {@code below}.
   *
   * @param number the layer's number, from 1
   * @param channels maps that the layer reconstructs: colour channels, or pooled maps of the layer
   *     below
   */
  public AdaptiveLayerLearning(
      ConvolutionEngine engine,
      QuadraticMinimizer minimizer,
      long seed,
      int number,
      AdaptiveNetwork below,
      int channels,
      AdaptiveOptions options) {
    this.engine = engine;
    this.update = new FilterUpdate(minimizer, options.norm());
    this.seed = seed;
    this.number = number;
    this.below = below;
    this.channels = channels;
    this.options = options;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public int epochs() {
    return options.epochs();
  }

  /** Random filters of unit norm. */
  @Override
  public LayerState start() {
    Connectivity full = Connectivity.full(options.maps(), channels);
    FilterBank drawn =
        FilterInitializer.gaussian(
            full, options.filterSide(), seed + below.depth(), options.norm());
    return LayerState.start(number, drawn, drawn.maps());
  }

  @Override
  public LayerState round(
      LayerState state, Batch<AdaptiveImage, AdaptiveCoding> batch, int batches) {
    AdaptiveCoding coding = coding(state.filters(), List.of(batch));
    BatchSummary coded = batch.code(coding, AdaptiveLayerLearning::summarise);
    requireBetterThanNoCode(coded, coding.layer());
    FilterBank moved = update.update(batch, state.filters(), coded, options.cgSteps());
    return state.withBatch(moved, coded.totals());
  }

  static BatchSummary summarise(
      Iterator<AdaptiveImage> coded, AdaptiveCoding coding, ConvolutionEngine engine, long all) {
    AdaptiveCoder coder = coding.coder(engine);
    BatchSummary summary = new BatchSummary(coding.layer().filters(), all);
    coded.forEachRemaining(image -> summary.add(image.code(), coder.negativeGradient(image)));
    return summary;
  }

  /** ISTA starts from z = 0, whose objective is λ/2 ‖y‖²: above it, steps lead away. */
  private void requireBetterThanNoCode(BatchSummary coded, AdaptiveLayer layer) {
    double none = layer.lambda() / 2 * coded.totals().energy();
    LayerProgress got = coded.totals().progress(number, 0);
    if (got.objective() > WORSE * none) {
      throw SolverDivergedException.inLearning(
          "expected an objective of at most %s, that of no code at all, got %s with step %s; use a smaller step, or let it be set from the operator norm (step: 0)"
              .formatted(none, got.objective(), layer.step()),
          null);
    }
  }

  @Override
  public LayerState nextEpoch(
      LayerState done,
      List<? extends Batch<AdaptiveImage, AdaptiveCoding>> batches,
      TrainingListener listener) {
    List<Integer> dead = done.totals().deadMaps();
    boolean replace = !dead.isEmpty() && done.epoch() < options.epochs();
    if (!dead.isEmpty()) {
      listener.deadMaps(number, done.epoch(), dead, replace);
    }
    if (!replace) {
      return done.nextEpoch(done.filters());
    }
    AdaptiveCoding coding = coding(done.filters(), batches);
    return done.nextEpoch(
        new ResidualFilters(engine, coding, options.norm(), seed + done.epoch())
            .replace(dead, batches));
  }

  @Override
  public double lambda() {
    return options.lambda();
  }

  @Override
  public AdaptiveCoding finished(
      LayerState end, List<? extends Batch<AdaptiveImage, AdaptiveCoding>> batches) {
    return coding(end.filters(), batches);
  }

  /** With the step asked for, or one that is safe for these batches' sample images. */
  private AdaptiveCoding coding(
      FilterBank filters, List<? extends Batch<AdaptiveImage, AdaptiveCoding>> batches) {
    double step = options.step() > 0 ? options.step() : safeStep(filters, batches);
    return new AdaptiveCoding(number, below, options.layer(filters, step));
  }

  /** Below the inverse of the largest norm met. All other images wait for it: none goes alone. */
  private double safeStep(
      FilterBank filters, List<? extends Batch<AdaptiveImage, AdaptiveCoding>> batches) {
    ConvolutionEngineProvider engines = ConvolutionEngines.provider(engine.name());
    List<AdaptiveImage> sample =
        batches.stream().flatMap(batch -> batch.sample().stream()).toList();
    double largest =
        sample.parallelStream()
            .mapToDouble(image -> norm(engines.create(), filters, image))
            .max()
            .orElse(0);
    return Ista.MARGIN / largest;
  }

  /**
   * @param own an engine of this thread's
   */
  private double norm(ConvolutionEngine own, FilterBank filters, AdaptiveImage image) {
    return OperatorNorm.estimate(
        below.reconstruction(own, filters, image.lower(), image.image().shape()), seed);
  }
}
