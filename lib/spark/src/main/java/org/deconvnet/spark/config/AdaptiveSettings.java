package org.deconvnet.spark.config;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetwork;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Checks;

/**
 * The adaptive network of 2011.
 *
 * @param batchSize images between two filter updates
 * @param cgSteps conjugate-gradient steps an update
 */
public record AdaptiveSettings(
    String engine, int images, int batchSize, int cgSteps, List<LayerSettings> layers)
    implements NetworkSettings {
  /** One layer; see {@link AdaptiveOptions}. */
  public record LayerSettings(
      int maps,
      int filterSide,
      int poolSide,
      int poolMaps,
      double lambda,
      int iterations,
      int epochs,
      double step)
      implements Serializable {
    public LayerSettings {
      Checks.atLeast("poolSide", 1, poolSide);
      Checks.atLeast("poolMaps", 1, poolMaps);
      // A wrong value is named when the file is read, not when the layer's turn comes.
      new AdaptiveOptions(
          maps,
          filterSide,
          new PoolSize(poolSide, poolSide, poolMaps),
          lambda,
          iterations,
          epochs,
          1,
          1,
          step);
    }

    AdaptiveOptions toOptions(int batchSize, int cgSteps) {
      return new AdaptiveOptions(
          maps,
          filterSide,
          new PoolSize(poolSide, poolSide, poolMaps),
          lambda,
          iterations,
          epochs,
          batchSize,
          cgSteps,
          step);
    }
  }

  public AdaptiveSettings {
    layers = List.copyOf(layers);
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("network.images", 0, images);
    Checks.atLeast("network.layers: number of layers", 1, layers.size());
    Checks.atLeast("network.batchSize", 1, batchSize);
    Checks.atLeast("network.cgSteps", 1, cgSteps);
  }

  /** Maps are larger than the image by what its filters need. */
  @Override
  public int leastSide() {
    return 1;
  }

  /** Every map reconstructs every channel: any numbers fit. */
  @Override
  public void requireFit(int channels) {}

  @Override
  public AdaptiveSettings withEngine(String other) {
    return new AdaptiveSettings(other, images, batchSize, cgSteps, layers);
  }

  @Override
  public int depth() {
    return layers.size();
  }

  @Override
  public int[] epochs() {
    return layers.stream().mapToInt(LayerSettings::epochs).toArray();
  }

  @Override
  public LayeredModel<?, ?> learn(
      Dataset<Row> images,
      int partitions,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing) {
    return estimator(partitions, seed, listener).setCheckpointing(checkpointing).fit(images);
  }

  /** Each layer for the pooled maps of the layer below: an ablation. */
  public AdaptiveNetwork learnLayersBelow(
      Dataset<Row> images, int partitions, long seed, TrainingListener listener) {
    return estimator(partitions, seed, listener).fitToLayersBelow(images);
  }

  private AdaptiveDeconvolutionalNetwork estimator(
      int partitions, long seed, TrainingListener listener) {
    return new AdaptiveDeconvolutionalNetwork()
        .setLayers(layers.stream().map(l -> l.toOptions(batchSize, cgSteps)).toList())
        .setEngine(engine)
        .setPartitions(partitions)
        .setSeed(seed)
        .setListener(listener);
  }
}
