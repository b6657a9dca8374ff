package org.deconvnet.network.patches;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.deconvnet.dictionary.AtomLayout;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.SymmetricEigensolver;
import org.deconvnet.dictionary.UnitBallStep;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.dictionary.WorstWindow;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.Batch;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.LayerState;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * How words are learned (Olshausen and Field, Nature 1996; Lee, Battle, Raina and Ng, NIPS 2006).
 * One pass over the images says how windows are whitened. Then every epoch draws other windows of
 * each image and codes them; the statistics of a batch's codes join what is remembered of earlier
 * batches, and the words go towards the minimum of the quadratic that these describe, inside the
 * unit ball (Mairal et al., JMLR 2010). Words are filters of one pixel here, on as many channels as
 * a window has numbers, see {@link PatchesLayer#columns}. Words that no window uses in a whole
 * epoch get the window that the others explain worst. Not thread-safe.
 */
final class PatchesLayerLearning implements LayerLearning<PatchesImage, PatchesCoding> {
  private static final int NUMBER = 1;
  private static final UnitBallStep STEP = new UnitBallStep(5, 1e-7);

  /** Coded on the driver to find what is explained worst. */
  private static final int MOST_IMAGES = 16;

  private final ConvolutionEngine engine;
  private final SymmetricEigensolver eigensolver;
  private final PatchesOptions options;
  private final int dimension;
  private final long seed;

  /**
   * @param channels of the images
   * @param seed of the first words and the windows
   */
  PatchesLayerLearning(
      ConvolutionEngine engine,
      SymmetricEigensolver eigensolver,
      PatchesOptions options,
      int channels,
      long seed) {
    this.engine = engine;
    this.eigensolver = eigensolver;
    this.options = options;
    this.dimension = options.coding().windows().dimension(channels);
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

  /** Random words; windows are not whitened yet. */
  @Override
  public LayerState start() {
    Connectivity full = Connectivity.full(options.coding().maps(), dimension);
    FilterBank words = FilterInitializer.gaussian(full, 1, seed);
    return LayerState.start(NUMBER, words, words.maps());
  }

  @Override
  public LayerState start(List<? extends Batch<PatchesImage, PatchesCoding>> batches) {
    LayerState start = start();
    return new LayerState(
        NUMBER,
        start.filters(),
        new PatchesMemory(whitening(batches), null),
        start.epoch(),
        start.batches(),
        start.totals(),
        start.epochs());
  }

  private Whitening whitening(List<? extends Batch<PatchesImage, PatchesCoding>> batches) {
    WindowOptions windows = options.coding().windows();
    if (!windows.whiten()) {
      return Whitening.none(dimension);
    }
    PatchesCoding pixels = new PatchesCoding(null, drawn(0));
    int numbers = dimension;
    double[] moments = new double[numbers * numbers];
    long images = 0;
    for (int b = 0; b < batches.size(); b++) {
      Batch<PatchesImage, PatchesCoding> batch = batches.get(b);
      batch.begins(NUMBER, 1, b + 1);
      MomentSums sums =
          batch.code(pixels, (of, coding, with, all) -> moments(of, coding.drawn(), numbers, all));
      batch.release();
      sums.addTo(moments);
      images += sums.images();
    }
    for (int i = 0; i < moments.length; i++) {
      moments[i] /= images;
    }
    return Whitening.of(moments, dimension, windows.floor(), eigensolver);
  }

  private static MomentSums moments(
      Iterator<PatchesImage> images, DrawnWindows drawn, int dimension, long all) {
    MomentSums sums = new MomentSums(dimension, all);
    images.forEachRemaining(
        image -> {
          try {
            sums.add(drawn.of(image.id(), image.image()));
          } catch (IllegalArgumentException e) {
            throw UserErrorException.of("image " + image.id(), e);
          }
        });
    return sums;
  }

  /**
   * @param epoch from 1; 0 before the first and after the last one
   */
  private DrawnWindows drawn(int epoch) {
    return DrawnWindows.of(options, seed, epoch);
  }

  @Override
  public PatchesMemory noStatistics(FilterBank words) {
    return new PatchesMemory(
        Whitening.none(dimension),
        options.memory() > 0 ? AtomQuadratic.zero(AtomLayout.of(words)) : null);
  }

  @Override
  public LayerState round(LayerState state, Batch<PatchesImage, PatchesCoding> batch, int batches) {
    PatchesSums sums = batch.code(coding(state, state.epoch()), PatchesLayerLearning::sum);
    PatchesMemory memory = (PatchesMemory) state.remembered();
    AtomQuadratic carried =
        AtomQuadratic.carried(memory.statistics(), options.memory(), batches, sums.quadratic());
    FilterBank solved = STEP.solve(carried, state.filters());
    return state.withBatch(
        solved,
        new PatchesMemory(memory.whitening(), options.memory() > 0 ? carried : null),
        sums.totals());
  }

  private static PatchesSums sum(
      Iterator<PatchesImage> coded, PatchesCoding coding, ConvolutionEngine engine, long all) {
    PatchesSums sums = new PatchesSums(coding.layer().columns(), all);
    PatchesCoder coder = new PatchesCoder(engine, coding);
    coded.forEachRemaining(image -> sums.add(image, coder.windows(image)));
    return sums;
  }

  private PatchesCoding coding(LayerState state, int epoch) {
    int side = options.coding().windows().side();
    Whitening whitening = ((PatchesMemory) state.remembered()).whitening();
    FilterBank words = PatchesLayer.words(state.filters(), side);
    return new PatchesCoding(
        new PatchesLayer(words, whitening, options.coding(), Double.NaN), drawn(epoch));
  }

  @Override
  public LayerState nextEpoch(
      LayerState done,
      List<? extends Batch<PatchesImage, PatchesCoding>> batches,
      TrainingListener listener) {
    List<Integer> dead = done.totals().deadMaps();
    boolean replace = !dead.isEmpty() && done.epoch() < options.epochs();
    if (!dead.isEmpty()) {
      listener.deadMaps(NUMBER, done.epoch(), dead, replace);
    }
    return done.nextEpoch(replace ? replaced(done, dead, batches) : done.filters());
  }

  private FilterBank replaced(
      LayerState done,
      List<Integer> dead,
      List<? extends Batch<PatchesImage, PatchesCoding>> batches) {
    List<FeatureMaps> residuals = residuals(coding(done, done.epoch()), batches);
    FilterBank words = done.filters().copy();
    AtomQuadratic remembered = ((PatchesMemory) done.remembered()).statistics();
    for (int map : dead) {
      if (remembered != null) {
        remembered.forget(map);
      }
      WorstWindow.of(residuals, 1).moveTo(words, map);
      if (words.norm(map) == 0) {
        FilterInitializer.drawMap(words, map, seed + done.epoch());
      }
      UnitNorm.scale(words, map);
    }
    return words;
  }

  private List<FeatureMaps> residuals(
      PatchesCoding coding, List<? extends Batch<PatchesImage, PatchesCoding>> batches) {
    PatchesCoder coder = new PatchesCoder(engine, coding);
    List<FeatureMaps> residuals = new ArrayList<>();
    for (Batch<PatchesImage, PatchesCoding> batch : batches) {
      for (PatchesImage image : batch.sample()) {
        if (residuals.size() < MOST_IMAGES) {
          residuals.add(coder.residual(coder.code(image)));
        }
      }
    }
    return residuals;
  }

  @Override
  public PatchesCoding finished(
      LayerState end, List<? extends Batch<PatchesImage, PatchesCoding>> batches) {
    return coding(end, 0);
  }
}
