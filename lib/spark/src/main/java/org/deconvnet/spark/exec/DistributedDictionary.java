package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.dictionary.LeastSquaresStep;
import org.deconvnet.dictionary.UnitPlanes;
import org.deconvnet.dictionary.UnitSphereStep;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.deconvolutional.CodeRange;
import org.deconvnet.network.deconvolutional.CodedMaps;
import org.deconvnet.network.deconvolutional.DeconvolutionalLayer;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.network.deconvolutional.DictionaryState;
import org.deconvnet.network.deconvolutional.DictionaryTrainer;
import org.deconvnet.network.deconvolutional.MapScaling;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.DictionaryCheckpoint;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.UserErrorException;

/**
 * Trains the 2010 network layer by layer on a cluster: each layer reconstructs the rescaled codes
 * of the one below. The algorithm itself is {@link DictionaryTrainer}'s. Not thread-safe.
 *
 * <p>Grows with: the images and their dense codes, on executors and in a checkpoint; the filters'
 * statistics, on the driver and on the network each round. With checkpoints, an epoch starts from
 * the codes that the one before has stored, and a lost partition is coded again from there; without
 * them, from the first epoch on, and the lineage grows by a step an epoch.
 */
public final class DistributedDictionary {
  /** On the driver alone: they cost no pass over the images. */
  private static final int CG_STEPS = 100;

  private static final int SWEEPS = 100;
  private static final double TOLERANCE = 1e-7;

  private final JavaSparkContext context;
  private final String asked;
  private final long seed;
  private final TrainingListener listener;
  private final Checkpointing checkpointing;

  /** Without checkpoints. */
  public DistributedDictionary(
      JavaSparkContext context, String engine, long seed, TrainingListener listener) {
    this(context, engine, seed, listener, Checkpointing.NONE);
  }

  /**
   * @param engine an engine's name, or "auto"; resolved on the driver and binding for executors. A
   *     run that goes on from a checkpoint takes the checkpoint's for "auto"
   */
  public DistributedDictionary(
      JavaSparkContext context,
      String engine,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing) {
    this.context = context;
    this.asked = engine;
    this.seed = seed;
    this.listener = listener;
    this.checkpointing = checkpointing;
  }

  /**
   * Learns the layers one above the other, or goes on where an earlier run with the same images and
   * settings left a checkpoint: the result is the same to the bit.
   *
   * @param images preprocessed images with unique ids and no codes yet
   * @param partitions of each batch; a layer that is gone on with keeps those it had
   * @param passes how often inference is going to run the schedule
   * @throws IllegalArgumentException if there is no image, or layers do not fit on each other
   * @throws CheckpointException if there is a checkpoint that is damaged or of another run
   */
  public TrainedNetwork<DeconvolutionalStack> train(
      JavaRDD<CodedMaps> images, List<DeconvolutionalOptions> layers, int partitions, int passes) {
    List<CodedMaps> first = images.take(1);
    if (first.isEmpty()) {
      throw new UserErrorException("training: expected at least one image, got none");
    }
    // All tables, before any work is done for a layer that would not fit.
    List<Connectivity> connectivities =
        DeconvolutionalOptions.connect(layers, first.get(0).input().maps(), seed);
    String engine = checkpointing.engine(context, asked);
    try (PersistedData kept = new PersistedData()) {
      JavaRDD<CodedMaps> state = kept.keep(images);
      RunIdentity.Images all = RunIdentity.Images.of(state, CodedMaps::id, CodedMaps::input);
      RunIdentity identity =
          RunIdentity.of(
              "dn",
              DeconvolutionalOptions.identity(layers) + ", passes " + passes,
              seed,
              engine,
              all);
      DictionaryCheckpoint start =
          DictionaryCheckpoint.start(DeconvolutionalStack.empty(layers.get(0).schedule(), passes));
      return new Run(kept, layers, connectivities, partitions, all.count(), engine, identity)
          .train(state, start);
    }
  }

  /** One call of {@link #train}. */
  private final class Run {
    private final PersistedData kept;
    private final List<DeconvolutionalOptions> layers;
    private final List<Connectivity> connectivities;
    private final int partitions;
    private final long count;
    private final Optional<CheckpointFolder> folder;
    private final String engine;

    Run(
        PersistedData kept,
        List<DeconvolutionalOptions> layers,
        List<Connectivity> connectivities,
        int partitions,
        long count,
        String engine,
        RunIdentity identity) {
      this.kept = kept;
      this.layers = layers;
      this.connectivities = connectivities;
      this.partitions = partitions;
      this.count = count;
      this.engine = engine;
      this.folder = checkpointing.open(context, identity);
    }

    TrainedNetwork<DeconvolutionalStack> train(
        JavaRDD<CodedMaps> images, DictionaryCheckpoint start) {
      DictionaryCheckpoint done = resumed().orElse(start);
      JavaRDD<CodedMaps> state = images;
      if (done.images() != null) {
        state = done.images().read(context);
        kept.release(images);
      }
      while (done.finished().depth() < layers.size()) {
        int number = done.finished().depth() + 1;
        int each = done.current() == null ? partitions : done.images().perBatch();
        List<SparkCodeBatch> batches = batches(state, done.current() != null, each, number);
        DictionaryTrainer.Result layer = trainLayer(batches, done, each);
        LayerProgress last = codeOnceMore(batches, layer.layer(), number);
        JavaRDD<CodedMaps> coded = union(batches);
        MapScaling scaling = scaling(coded);
        state = next(coded, scaling);
        done = done.plus(layer, scaling, last);
        if (folder.isPresent()) {
          done = done.write(folder.get(), context, state, each);
          state = done.images().read(context);
        }
        kept.releaseAllBut(state);
      }
      return new TrainedNetwork<>(done.finished(), done.epochs(), done.last(), engine);
    }

    private Optional<DictionaryCheckpoint> resumed() {
      Optional<DictionaryCheckpoint> found =
          folder.flatMap(f -> DictionaryCheckpoint.read(f, layers, connectivities));
      found.ifPresent(
          at ->
              listener.resumed(
                  at.finished().depth() + 1, at.current() == null ? 1 : at.current().epoch(), 0));
      return found;
    }

    /** Images of a layer that is under way lie in their batches already. */
    private List<SparkCodeBatch> batches(
        JavaRDD<CodedMaps> state, boolean underWay, int each, int number) {
      DeconvolutionalOptions options = layers.get(number - 1);
      JavaRDD<CodedMaps> laidOut = state;
      if (!underWay) {
        BatchLayout layout =
            BatchLayout.of(state, count, CodedMaps::id, options.batchSize(), each, seed);
        laidOut = kept.keep(layout.layOut(state, CodedMaps::id));
      }
      List<SparkCodeBatch> all = new ArrayList<>();
      long[] sizes = BatchLayout.sizes(laidOut, each);
      for (int b = 0; b < sizes.length; b++) {
        if (sizes[b] > 0) {
          all.add(
              new SparkCodeBatch(
                  context,
                  kept,
                  engine,
                  options.schedule(),
                  number,
                  sizes[b],
                  BatchLayout.only(laidOut, each, b)));
        }
      }
      return all;
    }

    private DictionaryTrainer.Result trainLayer(
        List<SparkCodeBatch> batches, DictionaryCheckpoint done, int each) {
      int number = done.finished().depth() + 1;
      DeconvolutionalOptions options = layers.get(number - 1);
      DictionaryState from =
          done.current() == null
              ? DictionaryState.start(
                  number,
                  UnitPlanes.draw(
                      connectivities.get(number - 1), options.filterSide(), seed + number))
              : done.current();
      return new DictionaryTrainer(step(options.filterStep()), listener)
          .train(
              options,
              batches,
              from,
              now -> folder.ifPresent(f -> checkpoint(f, done.at(now), batches, each)));
    }

    /** Stores the codes, and goes on from where they are stored: the lineage ends there. */
    private void checkpoint(
        CheckpointFolder f, DictionaryCheckpoint now, List<SparkCodeBatch> batches, int each) {
      JavaRDD<CodedMaps> stored =
          now.write(f, context, union(batches), each).images().read(context);
      for (int b = 0; b < batches.size(); b++) {
        batches.get(b).moveTo(BatchLayout.only(stored, each, b));
      }
      kept.releaseAllBut(stored);
    }

    private JavaRDD<CodedMaps> union(List<SparkCodeBatch> batches) {
      return context.union(
          batches.stream().map(SparkCodeBatch::images).<JavaRDD<CodedMaps>>toArray(JavaRDD[]::new));
    }

    private static LayerProgress codeOnceMore(
        List<SparkCodeBatch> batches, DeconvolutionalLayer layer, int number) {
      EpochTotals all = new EpochTotals(0);
      batches.forEach(batch -> all.merge(batch.finish(layer)));
      return all.progress(number, 0);
    }

    private static MapScaling scaling(JavaRDD<CodedMaps> coded) {
      CodeRange range =
          coded
              .map(DistributedDictionary::rangeOf)
              .treeReduce(
                  (a, b) -> {
                    a.merge(b);
                    return a;
                  });
      return new MapScaling(range.mean(), range.range());
    }

    /** The rescaled codes are what the next layer reconstructs. */
    private JavaRDD<CodedMaps> next(JavaRDD<CodedMaps> coded, MapScaling scaling) {
      JavaRDD<CodedMaps> next =
          kept.keep(coded.map(image -> new CodedMaps(image.id(), scaling.apply(image.code()))));
      next.count();
      return next;
    }
  }

  /** The filter step by Breeze. */
  static FilterStep step(FilterStep.Kind kind) {
    return switch (kind) {
      case UNIT_SPHERE -> new UnitSphereStep(new BreezeEigensolver(), SWEEPS, TOLERANCE);
      case LEAST_SQUARES -> new LeastSquaresStep(new BreezeConjugateGradient(), CG_STEPS);
    };
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
