package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveCoder;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.adaptive.CodedImage;
import org.deconvnet.network.adaptive.LayerState;
import org.deconvnet.network.adaptive.LayerTrainer;
import org.deconvnet.network.adaptive.TrainedLayer;
import org.deconvnet.spark.checkpoint.AdaptiveCheckpoint;
import org.deconvnet.spark.checkpoint.CheckpointException;
import org.deconvnet.spark.checkpoint.CheckpointFolder;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.tensor.UserErrorException;

/**
 * Trains a network layer by layer on a cluster. Images are laid out once so that each batch owns
 * its partitions, and stay persisted; after a layer, each image's switches join its state. The
 * algorithm itself is {@link LayerTrainer}'s. Not thread-safe.
 *
 * <p>Grows with: the images, on executors only; the filters' size, on the driver and on the network
 * each round, and in a checkpoint. A round's lineage does not grow with the rounds before it.
 */
public final class DistributedTraining {
  private final JavaSparkContext context;
  private final String asked;
  private final long seed;
  private final TrainingListener listener;
  private final Checkpointing checkpointing;

  /** Without checkpoints. */
  public DistributedTraining(
      JavaSparkContext context, String engine, long seed, TrainingListener listener) {
    this(context, engine, seed, listener, Checkpointing.NONE);
  }

  /**
   * @param engine an engine's name, or "auto"; resolved on the driver and binding for executors. A
   *     run that goes on from a checkpoint takes the checkpoint's for "auto"
   */
  public DistributedTraining(
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
   * @param images preprocessed images with unique ids and no switches yet
   * @param partitions of each batch
   * @throws IllegalArgumentException if there is no image
   * @throws CheckpointException if there is a checkpoint that is damaged or of another run
   */
  public TrainedNetwork<AdaptiveNetwork> train(
      JavaRDD<AdaptiveImage> images, List<AdaptiveOptions> layers, int partitions) {
    String engine = checkpointing.engine(context, asked);
    try (PersistedData kept = new PersistedData()) {
      JavaRDD<AdaptiveImage> state = kept.keep(images);
      RunIdentity.Images all =
          RunIdentity.Images.of(state, AdaptiveImage::id, AdaptiveImage::image);
      if (all.count() == 0) {
        throw new UserErrorException("training: expected at least one image, got none");
      }
      RunIdentity identity =
          RunIdentity.of("adn", AdaptiveOptions.identity(layers), seed, engine, all);
      int channels = state.first().image().maps();
      return new Run(kept, layers, partitions, all.count(), channels, engine, identity)
          .train(state);
    }
  }

  /** One call of {@link #train}. */
  private final class Run {
    private final PersistedData kept;
    private final List<AdaptiveOptions> layers;
    private final int partitions;
    private final long count;
    private final int channels;
    private final Optional<CheckpointFolder> folder;
    private final String engine;

    Run(
        PersistedData kept,
        List<AdaptiveOptions> layers,
        int partitions,
        long count,
        int channels,
        String engine,
        RunIdentity identity) {
      this.kept = kept;
      this.layers = layers;
      this.partitions = partitions;
      this.count = count;
      this.channels = channels;
      this.engine = engine;
      this.folder = checkpointing.open(context, identity);
    }

    TrainedNetwork<AdaptiveNetwork> train(JavaRDD<AdaptiveImage> images) {
      AdaptiveCheckpoint done = resumed();
      JavaRDD<AdaptiveImage> state = images;
      if (done.finished().depth() < layers.size()) {
        state = underFinished(images, done);
      }
      while (done.finished().depth() < layers.size()) {
        TrainedLayer layer = trainLayer(state, done);
        Coded coded = under(state, done.finished().plus(layer.layer()));
        state = coded.images;
        done = done.plus(layer, coded.progress);
        folder.ifPresent(done::write);
      }
      return new TrainedNetwork<>(done.finished(), done.epochs(), done.last(), engine);
    }

    private AdaptiveCheckpoint resumed() {
      Optional<AdaptiveCheckpoint> found =
          folder.flatMap(f -> AdaptiveCheckpoint.read(f, layers, channels));
      found.ifPresent(
          at -> {
            LayerState current = at.current();
            listener.resumed(
                at.finished().depth() + 1,
                current == null ? 1 : current.epoch(),
                current == null ? 0 : current.batches());
          });
      return found.orElseGet(AdaptiveCheckpoint::start);
    }

    /** The switches of finished layers are not stored: they come out again as they were. */
    private JavaRDD<AdaptiveImage> underFinished(
        JavaRDD<AdaptiveImage> images, AdaptiveCheckpoint done) {
      JavaRDD<AdaptiveImage> state = images;
      for (int number = 1; number <= done.finished().depth(); number++) {
        Coded coded = under(state, done.finished().upTo(number));
        LayerProgress before = done.last().get(number - 1);
        if (!coded.progress.equals(before)) {
          throw new CheckpointException(
              checkpointing.folder().orElse(""),
              "layer %d codes the images as %s now, and did as %s: another machine or JVM"
                  .formatted(number, coded.progress, before),
              "to go on from it, run on a machine and a JVM like the first",
              null);
        }
        state = coded.images;
      }
      return state;
    }

    private TrainedLayer trainLayer(JavaRDD<AdaptiveImage> state, AdaptiveCheckpoint done) {
      AdaptiveNetwork below = done.finished();
      AdaptiveOptions options = layers.get(below.depth());
      BatchLayout layout =
          BatchLayout.of(state, count, AdaptiveImage::id, options.batchSize(), partitions, seed);
      JavaRDD<AdaptiveImage> laidOut = kept.keep(layout.layOut(state, AdaptiveImage::id));
      LayerTrainer trainer =
          new LayerTrainer(
              ConvolutionEngines.create(engine), new BreezeConjugateGradient(), listener, seed);
      int input = below.depth() == 0 ? channels : below.layer(below.depth()).pooledMaps();
      LayerState from =
          done.current() == null ? trainer.start(below, input, options) : done.current();
      TrainedLayer layer =
          trainer.train(
              below, options, batches(laidOut, layout), from, now -> checkpoint(done, now));
      kept.release(laidOut);
      return layer;
    }

    private void checkpoint(AdaptiveCheckpoint done, LayerState now) {
      folder.filter(f -> now.batches() == 0 || f.due()).ifPresent(f -> done.at(now).write(f));
    }

    private List<SparkBatch> batches(JavaRDD<AdaptiveImage> laidOut, BatchLayout layout) {
      List<SparkBatch> all = new ArrayList<>();
      long[] sizes = BatchLayout.sizes(laidOut, partitions);
      for (int b = 0; b < sizes.length; b++) {
        if (sizes[b] > 0) {
          all.add(new SparkBatch(context, kept, layout.only(laidOut, b), sizes[b], engine));
        }
      }
      return all;
    }

    /** Codes every image once more with the top layer's finished filters; its switches join it. */
    private Coded under(JavaRDD<AdaptiveImage> images, AdaptiveNetwork network) {
      Broadcast<AdaptiveNetwork> shared = context.broadcast(network);
      String name = engine;
      JavaRDD<CodedImage> coded =
          kept.keep(images.mapPartitions(part -> code(part, shared.value(), name)));
      EpochTotals totals =
          coded
              .map(DistributedTraining::totals)
              .treeReduce(
                  (a, b) -> {
                    a.merge(b);
                    return a;
                  });
      JavaRDD<AdaptiveImage> next =
          kept.keep(coded.map(image -> image.source().under(image.code().switches())));
      next.count();
      kept.release(coded);
      kept.release(images);
      return new Coded(next, totals.progress(network.depth(), 0));
    }
  }

  /** Images under one more layer, and how well it codes all of them. */
  private record Coded(JavaRDD<AdaptiveImage> images, LayerProgress progress) {}

  private static Iterator<CodedImage> code(
      Iterator<AdaptiveImage> images, AdaptiveNetwork network, String engine) {
    int depth = network.depth();
    AdaptiveCoder coder =
        new AdaptiveCoder(
            ConvolutionEngines.create(engine), network.upTo(depth - 1), network.layer(depth));
    return new Mapped<>(images, image -> new CodedImage(image, coder.code(image)));
  }

  private static EpochTotals totals(CodedImage image) {
    EpochTotals totals = new EpochTotals(0);
    totals.add(image.code().trace());
    return totals;
  }
}
