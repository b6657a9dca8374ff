package org.deconvnet.network.deconvolutional;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.tensor.Connectivity;

/**
 * Learns the 2010 network layer by layer (Zeiler et al., CVPR 2010): each layer reconstructs the
 * rescaled codes of the one below. Not thread-safe.
 */
public final class DeconvolutionalNetworkLearning
    implements NetworkLearning<DeconvolutionalStack, DeconvolutionalImage, DeconvolutionalCoding> {
  private final List<DeconvolutionalOptions> options;
  private final int passes;
  private final Function<FilterStep.Kind, FilterStep> steps;
  private final long seed;

  /** All tables, before any work is done for a layer that would not fit. */
  private final List<Connectivity> connectivities;

  private DeconvolutionalNetworkLearning(
      List<DeconvolutionalOptions> options,
      int passes,
      Function<FilterStep.Kind, FilterStep> steps,
      long seed,
      int channels) {
    this.options = List.copyOf(options);
    this.passes = passes;
    this.steps = steps;
    this.seed = seed;
    this.connectivities = DeconvolutionalOptions.connect(options, channels, seed);
  }

  /**
   * @param passes how often inference is going to run the schedule
   * @param steps how filters follow from statistics, by kind
   */
  public static Start<DeconvolutionalStack, DeconvolutionalImage, DeconvolutionalCoding> of(
      List<DeconvolutionalOptions> options,
      int passes,
      Function<FilterStep.Kind, FilterStep> steps,
      long seed) {
    return (channels, engine) ->
        new DeconvolutionalNetworkLearning(options, passes, steps, seed, channels);
  }

  @Override
  public String family() {
    return DeconvolutionalStack.FAMILY;
  }

  @Override
  public String identity() {
    return DeconvolutionalOptions.identity(options) + ", passes " + passes;
  }

  @Override
  public int layers() {
    return options.size();
  }

  @Override
  public DeconvolutionalStack none() {
    return DeconvolutionalStack.empty(options.get(0).schedule(), passes);
  }

  @Override
  public boolean keepsCodes() {
    return true;
  }

  @Override
  public int batchSize(int number) {
    return options.get(number - 1).batchSize();
  }

  @Override
  public long seed(int number) {
    return seed;
  }

  @Override
  public LayerLearning<DeconvolutionalImage, DeconvolutionalCoding> layer(
      DeconvolutionalStack below) {
    int depth = below.depth();
    DeconvolutionalOptions layer = options.get(depth);
    return DeconvolutionalLayerLearning.fromRandom(
        steps.apply(layer.filterStep()), depth + 1, connectivities.get(depth), layer, seed);
  }

  @Override
  public DeconvolutionalStack plus(
      DeconvolutionalStack below, DeconvolutionalCoding finished, LastPass all) {
    return below.plus(finished.layer(), MapScaling.of(all.range()));
  }

  @Override
  public DeconvolutionalCoding coding(DeconvolutionalStack network, int number) {
    return new DeconvolutionalCoding(number, network.layer(number), network.schedule());
  }

  @Override
  public HandUp<DeconvolutionalImage> handUp(DeconvolutionalStack network) {
    MapScaling scaling = network.scaling(network.depth());
    return coded -> coded.handedUp(scaling);
  }

  @Override
  public TrainingImage.Maker<DeconvolutionalImage> images() {
    return (id, image, keptCode) ->
        new DeconvolutionalImage(id, image, keptCode == null ? null : keptCode.dense(), null);
  }

  @Override
  public void write(DeconvolutionalStack network, ModelFiles files) throws IOException {
    DeconvolutionalFormat.write(network, Map.of(), files);
  }

  @Override
  public DeconvolutionalStack read(ModelFiles files) throws IOException {
    return DeconvolutionalFormat.read(files);
  }
}
