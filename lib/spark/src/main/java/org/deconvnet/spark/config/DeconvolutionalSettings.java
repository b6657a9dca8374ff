package org.deconvnet.spark.config;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.DeconvolutionalNetwork;
import org.deconvnet.spark.ml.DeconvolutionalNetworkModel;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * The network of 2010.
 *
 * @param passes how often inference runs the schedule on an image
 * @param layers from the image upwards; their batches, memory and schedule are the same
 */
public record DeconvolutionalSettings(
    String engine, int images, int passes, List<DeconvolutionalOptions> layers)
    implements LearnedSettings {
  /** One layer, learned from all images. */
  public static final DeconvolutionalSettings DEFAULTS =
      new DeconvolutionalSettings(
          ConvolutionEngines.AUTO,
          0,
          EstimatorDefaults.PASSES,
          List.of(DeconvolutionalOptions.DEFAULTS));

  public DeconvolutionalSettings {
    layers = List.copyOf(layers);
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("network.images", 0, images);
    Checks.atLeast("network.layers: number of layers", 1, layers.size());
    Checks.atLeast("network.passes", 1, passes);
    LearnedSettings.requireAlike(
        "batchSize", layers.stream().map(DeconvolutionalOptions::batchSize));
    LearnedSettings.requireAlike("memory", layers.stream().map(DeconvolutionalOptions::memory));
    LearnedSettings.requireAlike("betas", layers.stream().map(DeconvolutionalOptions::schedule));
  }

  /** Each layer's maps are larger than what they reconstruct, so higher layers ask for less. */
  @Override
  public int leastSide() {
    int least = 1;
    int grown = 0;
    for (DeconvolutionalOptions layer : layers) {
      least = Math.max(least, layer.filterSide() - grown);
      grown += layer.filterSide() - 1;
    }
    return least;
  }

  @Override
  public void requireFit(int channels) {
    for (int number = 1; number <= depth(); number++) {
      try {
        DeconvolutionalOptions.connect(layers.subList(0, number), channels, 0);
      } catch (IllegalArgumentException e) {
        throw UserErrorException.of("network.layers[%d]".formatted(number - 1), e);
      }
    }
  }

  @Override
  public List<Long> codingBytes(Shape image) {
    return DeconvolutionalOptions.unlearned(layers, image.maps()).codingBytes(image);
  }

  @Override
  public DeconvolutionalSettings withEngine(String other) {
    return new DeconvolutionalSettings(other, images, passes, layers);
  }

  @Override
  public String family() {
    return DeconvolutionalStack.FAMILY;
  }

  @Override
  public boolean describesActivations() {
    return false;
  }

  @Override
  public boolean denoises() {
    return true;
  }

  @Override
  public int depth() {
    return layers.size();
  }

  @Override
  public int batchSize() {
    return layers.get(0).batchSize();
  }

  @Override
  public int[] epochs() {
    return layers.stream().mapToInt(DeconvolutionalOptions::epochs).toArray();
  }

  @Override
  public LayeredModel<?, ?> withFilters(List<GivenFilter> filters, int channels, long seed) {
    requireOneEach(filters);
    List<Connectivity> tables = DeconvolutionalOptions.connect(layers, channels, seed);
    DeconvolutionalStack stack = DeconvolutionalStack.empty(layers.get(0).schedule(), passes);
    for (int l = 0; l < depth(); l++) {
      DeconvolutionalOptions layer = layers.get(l);
      stack =
          stack.plusUnscaled(
              layer.layer(filters.get(l).of(l + 1, tables.get(l), layer.filterSide())));
    }
    return DeconvolutionalNetworkModel.ofNetwork(stack).setEngine(engine);
  }

  @Override
  public LayeredModel<?, ?> learn(
      Dataset<Row> sample,
      int partitions,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing) {
    return new DeconvolutionalNetwork()
        .setLayers(layers)
        .setEngine(engine)
        .setPasses(passes)
        .setPartitions(partitions)
        .setSeed(seed)
        .setListener(listener)
        .setCheckpointing(checkpointing)
        .fit(sample);
  }
}
