package org.deconvnet.network.adaptive;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.store.ModelFiles;

/**
 * Learns the adaptive network layer by layer (Zeiler et al., ICCV 2011). Every layer reconstructs
 * the image, or, for {@linkplain LayerBelowInference the comparison}, the pooled maps of the layer
 * below in its place. Not thread-safe.
 */
public final class AdaptiveNetworkLearning
    implements NetworkLearning<AdaptiveNetwork, AdaptiveImage, AdaptiveCoding> {
  private final List<AdaptiveOptions> options;
  private final QuadraticMinimizer minimizer;
  private final long seed;
  private final boolean toImage;
  private final int channels;
  private final ConvolutionEngine engine;

  private AdaptiveNetworkLearning(
      List<AdaptiveOptions> options,
      QuadraticMinimizer minimizer,
      long seed,
      boolean toImage,
      int channels,
      ConvolutionEngine engine) {
    this.options = List.copyOf(options);
    this.minimizer = minimizer;
    this.seed = seed;
    this.toImage = toImage;
    this.channels = channels;
    this.engine = engine;
  }

  /** Every layer reconstructs the image. */
  public static Start<AdaptiveNetwork, AdaptiveImage, AdaptiveCoding> of(
      List<AdaptiveOptions> options, QuadraticMinimizer minimizer, long seed) {
    return (channels, engine) ->
        new AdaptiveNetworkLearning(options, minimizer, seed, true, channels, engine);
  }

  /**
   * Each layer reconstructs the pooled maps of the layer below.
   *
   * @param seed a layer's first filters are drawn as {@link #of} draws those of the same layer
   */
  public static Start<AdaptiveNetwork, AdaptiveImage, AdaptiveCoding> toLayersBelow(
      List<AdaptiveOptions> options, QuadraticMinimizer minimizer, long seed) {
    return (channels, engine) ->
        new AdaptiveNetworkLearning(options, minimizer, seed, false, channels, engine);
  }

  @Override
  public String family() {
    return AdaptiveNetwork.FAMILY + (toImage ? "" : " to layers below");
  }

  @Override
  public String identity() {
    return AdaptiveOptions.identity(options);
  }

  @Override
  public int layers() {
    return options.size();
  }

  @Override
  public AdaptiveNetwork none() {
    return AdaptiveNetwork.empty();
  }

  @Override
  public boolean keepsCodes() {
    return false;
  }

  @Override
  public int batchSize(int number) {
    return options.get(number - 1).batchSize();
  }

  @Override
  public long seed(int number) {
    return toImage ? seed : seed + number - 1;
  }

  @Override
  public LayerLearning<AdaptiveImage, AdaptiveCoding> layer(AdaptiveNetwork below) {
    int depth = below.depth();
    return new AdaptiveLayerLearning(
        engine,
        minimizer,
        seed(depth + 1),
        depth + 1,
        carried(below),
        depth == 0 ? channels : below.layer(depth).pooledMaps(),
        options.get(depth));
  }

  @Override
  public AdaptiveNetwork plus(AdaptiveNetwork below, AdaptiveCoding finished, LastPass all) {
    return below.plus(finished.layer());
  }

  @Override
  public AdaptiveCoding coding(AdaptiveNetwork network, int number) {
    return new AdaptiveCoding(number, carried(network.upTo(number - 1)), network.layer(number));
  }

  /** The layers whose switches images carry up. */
  private AdaptiveNetwork carried(AdaptiveNetwork below) {
    return toImage ? below : AdaptiveNetwork.empty();
  }

  @Override
  public HandUp<AdaptiveImage> handUp(AdaptiveNetwork network) {
    return toImage ? AdaptiveImage::handedUp : AdaptiveImage::pooledAsImage;
  }

  @Override
  public TrainingImage.Maker<AdaptiveImage> images() {
    return (id, image, keptCode) -> new AdaptiveImage(id, image, List.of());
  }

  @Override
  public void write(AdaptiveNetwork network, ModelFiles files) throws IOException {
    AdaptiveFormat.write(network, Map.of(), files);
  }

  @Override
  public AdaptiveNetwork read(ModelFiles files) throws IOException {
    return AdaptiveFormat.read(files);
  }
}
