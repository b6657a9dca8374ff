package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.learn.BatchSummary;
import org.deconvnet.learn.CodedImage;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.learn.LayerOptions;
import org.deconvnet.learn.LayerTrainer;
import org.deconvnet.learn.TrainedLayer;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.learn.TrainingListener;

/**
 * Trains a network layer by layer on a cluster. Images are laid out once so that each batch owns
 * its partitions, and stay persisted; after a layer, each image's switches join its state. The
 * algorithm itself is {@link LayerTrainer}'s. Not thread-safe.
 *
 * <p>Grows with: the images, on executors only; the filters' size, on the driver and on the network
 * each round.
 */
public final class DistributedTraining {
  private final JavaSparkContext context;
  private final String engine;
  private final long seed;
  private final TrainingListener listener;

  /**
   * @param engine an engine's name, or "auto"; resolved on the driver and binding for executors
   */
  public DistributedTraining(
      JavaSparkContext context, String engine, long seed, TrainingListener listener) {
    this.context = context;
    this.engine = ConvolutionEngines.resolve(engine);
    this.seed = seed;
    this.listener = listener;
  }

  /**
   * Learns the layers one above the other.
   *
   * @param images preprocessed images with unique ids and no switches yet
   * @param partitions of each batch
   * @throws IllegalArgumentException if there is no image
   */
  public TrainedNetwork<Network> train(
      JavaRDD<TrainingImage> images, List<LayerOptions> layers, int partitions) {
    JavaRDD<TrainingImage> state = images.persist(StorageLevel.MEMORY_AND_DISK());
    long count = state.count();
    if (count == 0) {
      throw new IllegalArgumentException("training: expected at least one image, got none");
    }
    int channels = state.first().image().maps();
    Network network = Network.empty();
    List<TrainedLayer> trained = new ArrayList<>();
    List<BatchSummary> last = new ArrayList<>();
    for (LayerOptions options : layers) {
      BatchLayout layout =
          BatchLayout.of(state, count, TrainingImage::id, options.batchSize(), partitions, seed);
      JavaRDD<TrainingImage> laidOut = layout.layOut(state, TrainingImage::id);
      TrainedLayer layer = trainLayer(laidOut, layout, network, channels, options);
      JavaRDD<TrainingImage> next = under(laidOut, network, layer.layer(), last);
      laidOut.unpersist(false);
      state.unpersist(false);
      state = next;
      network = network.plus(layer.layer());
      trained.add(layer);
      channels = network.layer(network.depth()).pooledMaps();
    }
    state.unpersist(false);
    return TrainedNetwork.of(network, trained, last, engine);
  }

  private TrainedLayer trainLayer(
      JavaRDD<TrainingImage> laidOut,
      BatchLayout layout,
      Network below,
      int channels,
      LayerOptions options) {
    List<SparkBatch> all = new ArrayList<>();
    for (int b = 0; b < layout.batches(); b++) {
      SparkBatch batch = new SparkBatch(context, layout.only(laidOut, b), engine);
      if (!batch.sample().isEmpty()) {
        all.add(batch);
      }
    }
    return new LayerTrainer(
            ConvolutionEngines.create(engine), new BreezeConjugateGradient(), listener, seed)
        .train(below, channels, options, all);
  }

  /** Codes every image once more with the finished filters; its switches join its state. */
  private JavaRDD<TrainingImage> under(
      JavaRDD<TrainingImage> images, Network below, Layer layer, List<BatchSummary> last) {
    Broadcast<Network> shared = context.broadcast(below.plus(layer));
    String name = engine;
    JavaRDD<CodedImage> coded =
        images
            .mapPartitions(part -> code(part, shared.value(), name))
            .persist(StorageLevel.MEMORY_AND_DISK());
    last.add(
        coded
            .map(DistributedTraining::summary)
            .treeReduce(
                (a, b) -> {
                  a.merge(b);
                  return a;
                }));
    JavaRDD<TrainingImage> next =
        coded
            .map(image -> image.source().under(image.code().switches()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    next.count();
    coded.unpersist(false);
    return next;
  }

  private static Iterator<CodedImage> code(
      Iterator<TrainingImage> images, Network network, String engine) {
    int depth = network.depth();
    ImageCoder coder =
        new ImageCoder(
            ConvolutionEngines.create(engine), network.upTo(depth - 1), network.layer(depth));
    return new Mapped<>(images, image -> new CodedImage(image, coder.code(image)));
  }

  private static BatchSummary summary(CodedImage image) {
    BatchSummary summary = new BatchSummary(0);
    summary.add(image.code().trace());
    return summary;
  }
}
