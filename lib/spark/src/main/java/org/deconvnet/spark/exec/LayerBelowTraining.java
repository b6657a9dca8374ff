package org.deconvnet.spark.exec;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveCoder;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.adaptive.CodedImage;
import org.deconvnet.spark.columns.Mapped;

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
  public AdaptiveNetwork train(
      JavaRDD<AdaptiveImage> images, List<AdaptiveOptions> layers, int partitions) {
    AdaptiveNetwork network = AdaptiveNetwork.empty();
    JavaRDD<AdaptiveImage> targets = images.persist(StorageLevel.MEMORY_AND_DISK());
    for (int l = 0; l < layers.size(); l++) {
      DistributedTraining training =
          new DistributedTraining(context, engine, seed + l, listener.asLayer(l + 1));
      // Through a map: training gives back what it is given, and these are needed once more.
      AdaptiveLayer layer =
          training
              .train(targets.map(image -> image), List.of(layers.get(l)), partitions)
              .network()
              .layer(1);
      network = network.plus(layer);
      JavaRDD<AdaptiveImage> next = pooled(targets, layer);
      next.count();
      targets.unpersist(false);
      targets = next;
    }
    targets.unpersist(false);
    return network;
  }

  /** Each image's pooled maps: the targets of the next layer. */
  private JavaRDD<AdaptiveImage> pooled(JavaRDD<AdaptiveImage> targets, AdaptiveLayer layer) {
    Broadcast<AdaptiveLayer> shared = context.broadcast(layer);
    String name = engine;
    return targets
        .mapPartitions(
            part -> {
              AdaptiveCoder coder =
                  new AdaptiveCoder(
                      ConvolutionEngines.create(name), AdaptiveNetwork.empty(), shared.value());
              return new Mapped<>(
                  part, image -> new CodedImage(image, coder.code(image)).pooledAsImage());
            })
        .persist(StorageLevel.MEMORY_AND_DISK());
  }
}
