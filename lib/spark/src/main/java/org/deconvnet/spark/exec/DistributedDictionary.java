package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.dictionary.CodeRange;
import org.deconvnet.dictionary.CodeSums;
import org.deconvnet.dictionary.CodedMaps;
import org.deconvnet.dictionary.DictionaryOptions;
import org.deconvnet.dictionary.DictionaryTrainer;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.dictionary.LeastSquaresStep;
import org.deconvnet.dictionary.UnitPlanes;
import org.deconvnet.dictionary.UnitSphereStep;
import org.deconvnet.layer.DeconvolutionalLayer;
import org.deconvnet.layer.DeconvolutionalStack;
import org.deconvnet.layer.MapScaling;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.tensor.Connectivity;

/**
 * Trains the 2010 network layer by layer on a cluster: each layer reconstructs the rescaled codes
 * of the one below. The algorithm itself is {@link DictionaryTrainer}'s. Not thread-safe.
 *
 * <p>Grows with: the images and their dense codes, on executors only; the filters' statistics, on
 * the driver and on the network each round.
 */
public final class DistributedDictionary {
  /** On the driver alone: they cost no pass over the images. */
  private static final int CG_STEPS = 100;

  private static final int SWEEPS = 100;
  private static final double TOLERANCE = 1e-7;

  private final JavaSparkContext context;
  private final String engine;
  private final long seed;
  private final TrainingListener listener;

  /**
   * @param engine an engine's name, or "auto"; resolved on the driver and binding for executors
   */
  public DistributedDictionary(
      JavaSparkContext context, String engine, long seed, TrainingListener listener) {
    this.context = context;
    this.engine = ConvolutionEngines.resolve(engine);
    this.seed = seed;
    this.listener = listener;
  }

  /** What a layer leaves behind. */
  private record Trained(
      DictionaryTrainer.Result result,
      LayerProgress last,
      MapScaling scaling,
      JavaRDD<CodedMaps> next) {}

  /**
   * Learns the layers one above the other.
   *
   * @param images preprocessed images with unique ids and no codes yet
   * @param partitions of each batch
   * @param passes how often inference is going to run the schedule
   * @throws IllegalArgumentException if there is no image, or layers do not fit on each other
   */
  public TrainedNetwork<DeconvolutionalStack> train(
      JavaRDD<CodedMaps> images, List<DictionaryOptions> layers, int partitions, int passes) {
    List<CodedMaps> first = images.take(1);
    if (first.isEmpty()) {
      throw new IllegalArgumentException("training: expected at least one image, got none");
    }
    int channels = first.get(0).input().maps();
    // All tables, before any work is done for a layer that would not fit.
    List<Connectivity> connectivities = DictionaryOptions.connect(layers, channels, seed);
    JavaRDD<CodedMaps> state = images.persist(StorageLevel.MEMORY_AND_DISK());
    long count = state.count();
    DeconvolutionalStack stack = DeconvolutionalStack.empty(layers.get(0).schedule(), passes);
    List<List<LayerProgress>> epochs = new ArrayList<>();
    List<LayerProgress> last = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      Trained layer =
          trainLayer(state, count, layers.get(l), connectivities.get(l), l + 1, partitions);
      state.unpersist(false);
      state = layer.next();
      stack = stack.plus(layer.result().layer(), layer.scaling());
      epochs.add(layer.result().epochs());
      last.add(layer.last());
    }
    state.unpersist(false);
    return new TrainedNetwork<>(stack, epochs, last, engine);
  }

  private Trained trainLayer(
      JavaRDD<CodedMaps> state,
      long count,
      DictionaryOptions options,
      Connectivity connectivity,
      int number,
      int partitions) {
    BatchLayout layout =
        BatchLayout.of(state, count, CodedMaps::id, options.batchSize(), partitions, seed);
    JavaRDD<CodedMaps> laidOut = layout.layOut(state, CodedMaps::id);
    List<SparkCodeBatch> batches = batches(laidOut, layout, options, number);
    DictionaryTrainer.Result result =
        new DictionaryTrainer(step(options.filterStep()), listener)
            .train(
                UnitPlanes.draw(connectivity, options.filterSide(), seed + number),
                options,
                number,
                batches);
    LayerProgress last = codeOnceMore(batches, result.layer(), number);
    Trained trained = handUp(result, last, batches);
    laidOut.unpersist(false);
    batches.forEach(batch -> batch.images().unpersist(false));
    return trained;
  }

  /** The filter step by Breeze. */
  static FilterStep step(FilterStep.Kind kind) {
    return switch (kind) {
      case UNIT_SPHERE -> new UnitSphereStep(new BreezeEigensolver(), SWEEPS, TOLERANCE);
      case LEAST_SQUARES -> new LeastSquaresStep(new BreezeConjugateGradient(), CG_STEPS);
    };
  }

  private List<SparkCodeBatch> batches(
      JavaRDD<CodedMaps> laidOut, BatchLayout layout, DictionaryOptions options, int number) {
    List<SparkCodeBatch> batches = new ArrayList<>();
    for (int b = 0; b < layout.batches(); b++) {
      JavaRDD<CodedMaps> images = layout.only(laidOut, b);
      if (!images.isEmpty()) {
        batches.add(new SparkCodeBatch(context, engine, options.schedule(), number, images));
      }
    }
    return batches;
  }

  private static LayerProgress codeOnceMore(
      List<SparkCodeBatch> batches, DeconvolutionalLayer layer, int number) {
    CodeSums all = batches.get(0).code(layer);
    batches.stream().skip(1).forEach(batch -> all.merge(batch.code(layer)));
    return all.progress(number, 0);
  }

  /** The rescaled codes are what the next layer reconstructs. */
  private Trained handUp(
      DictionaryTrainer.Result result, LayerProgress last, List<SparkCodeBatch> batches) {
    JavaRDD<CodedMaps> coded =
        context.union(
            batches.stream()
                .map(SparkCodeBatch::images)
                .<JavaRDD<CodedMaps>>toArray(JavaRDD[]::new));
    CodeRange range =
        coded
            .map(DistributedDictionary::rangeOf)
            .treeReduce(
                (a, b) -> {
                  a.merge(b);
                  return a;
                });
    MapScaling scaling = new MapScaling(range.mean(), range.range());
    JavaRDD<CodedMaps> next =
        coded
            .map(image -> new CodedMaps(image.id(), scaling.apply(image.code())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    next.count();
    return new Trained(result, last, scaling, next);
  }

  /** What {@link #train} hands from one layer to the next, for images that fit this JVM. */
  public static List<CodedMaps> rescaled(List<CodedMaps> coded) {
    CodeRange range = new CodeRange();
    coded.forEach(image -> range.add(image.code()));
    MapScaling scaling = new MapScaling(range.mean(), range.range());
    return coded.stream()
        .map(image -> new CodedMaps(image.id(), scaling.apply(image.code())))
        .toList();
  }

  private static CodeRange rangeOf(CodedMaps image) {
    CodeRange range = new CodeRange();
    range.add(image.code());
    return range;
  }
}
