package org.deconvnet.spark.config;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.network.adaptive.GivenFilters;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetwork;
import org.deconvnet.spark.ml.AdaptiveDeconvolutionalNetworkModel;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The adaptive network of 2011.
 *
 * @param layers from the image upwards; their batches, steps of conjugate gradients and norms are
 *     the same
 */
public record AdaptiveSettings(String engine, int images, List<AdaptiveOptions> layers)
    implements LearnedSettings {
  /** One layer, learned from all images. */
  public static final AdaptiveSettings DEFAULTS =
      new AdaptiveSettings(ConvolutionEngines.AUTO, 0, List.of(AdaptiveOptions.DEFAULTS));

  public AdaptiveSettings {
    layers = List.copyOf(layers);
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("network.images", 0, images);
    Checks.atLeast("network.layers: number of layers", 1, layers.size());
    LearnedSettings.requireAlike("batchSize", layers.stream().map(AdaptiveOptions::batchSize));
    LearnedSettings.requireAlike("cgSteps", layers.stream().map(AdaptiveOptions::cgSteps));
    LearnedSettings.requireAlike("norm", layers.stream().map(AdaptiveOptions::norm));
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
  public List<Long> codingBytes(Shape image) {
    return AdaptiveOptions.unlearned(layers, image.maps()).codingBytes(image);
  }

  @Override
  public AdaptiveSettings withEngine(String other) {
    return new AdaptiveSettings(other, images, layers);
  }

  @Override
  public String family() {
    return AdaptiveNetwork.FAMILY;
  }

  @Override
  public boolean describesActivations() {
    return true;
  }

  @Override
  public boolean denoises() {
    return false;
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
    return layers.stream().mapToInt(AdaptiveOptions::epochs).toArray();
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

  @Override
  public LayeredModel<?, ?> withFilters(List<GivenFilter> filters, int channels, long seed) {
    requireOneEach(filters);
    List<FilterBank> banks = new ArrayList<>();
    int below = channels;
    for (int l = 0; l < depth(); l++) {
      AdaptiveOptions layer = layers.get(l);
      Connectivity full = Connectivity.full(layer.maps(), below);
      banks.add(filters.get(l).of(l + 1, full, layer.filterSide()));
      below = (layer.maps() + layer.pool().maps() - 1) / layer.pool().maps();
    }
    AdaptiveNetwork network =
        GivenFilters.network(
            ConvolutionEngines.create(ConvolutionEngines.resolve(engine)), layers, banks);
    return AdaptiveDeconvolutionalNetworkModel.ofNetwork(network).setEngine(engine);
  }

  /** Each layer for the pooled maps of the layer below: an ablation. */
  public AdaptiveNetwork learnLayersBelow(
      Dataset<Row> images, int partitions, long seed, TrainingListener listener) {
    return estimator(partitions, seed, listener).fitToLayersBelow(images);
  }

  private AdaptiveDeconvolutionalNetwork estimator(
      int partitions, long seed, TrainingListener listener) {
    return new AdaptiveDeconvolutionalNetwork()
        .setLayers(layers)
        .setEngine(engine)
        .setPartitions(partitions)
        .setSeed(seed)
        .setListener(listener);
  }
}
