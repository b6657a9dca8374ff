package org.deconvnet.spark.exec;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.conv.ConvolutionEngines;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.learn.CodedImage;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.learn.LayerOptions;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.learn.TrainingListener;

/**
 * Trains a network whose layers each reconstruct the pooled maps of the layer below in place of the
 * image: to {@link DistributedTraining}, each layer is the first one, and pooled maps are its
 * images. Not thread-safe.
 */
public final class LayerBelowTraining {
  private final JavaSparkContext context;
  private final String engine;
  private final long seed;
  private final TrainingListener listener;

  /**
   * @param engine an engine's name, or "auto"
   * @param seed with the same seed, a layer's first filters are drawn as {@link
   *     DistributedTraining} draws those of the same layer
   */
  public LayerBelowTraining(
      JavaSparkContext context, String engine, long seed, TrainingListener listener) {
    this.context = context;
    this.engine = ConvolutionEngines.resolve(engine);
    this.seed = seed;
    this.listener = listener;
  }

  /**
   * @param images preprocessed images with unique ids
   * @param partitions of each batch
   */
  public Network train(JavaRDD<TrainingImage> images, List<LayerOptions> layers, int partitions) {
    Network network = Network.empty();
    JavaRDD<TrainingImage> targets = images.persist(StorageLevel.MEMORY_AND_DISK());
    for (int l = 0; l < layers.size(); l++) {
      DistributedTraining training =
          new DistributedTraining(context, engine, seed + l, listener.asLayer(l + 1));
      // Through a map: training gives back what it is given, and these are needed once more.
      Layer layer =
          training
              .train(targets.map(image -> image), List.of(layers.get(l)), partitions)
              .network()
              .layer(1);
      network = network.plus(layer);
      JavaRDD<TrainingImage> next = pooled(targets, layer);
      next.count();
      targets.unpersist(false);
      targets = next;
    }
    targets.unpersist(false);
    return network;
  }

  /** Each image's pooled maps: the targets of the next layer. */
  private JavaRDD<TrainingImage> pooled(JavaRDD<TrainingImage> targets, Layer layer) {
    Broadcast<Layer> shared = context.broadcast(layer);
    String name = engine;
    return targets
        .mapPartitions(
            part -> {
              ImageCoder coder =
                  new ImageCoder(ConvolutionEngines.create(name), Network.empty(), shared.value());
              return new Mapped<>(
                  part, image -> new CodedImage(image, coder.code(image)).pooledAsImage());
            })
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
