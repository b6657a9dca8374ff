package org.deconvnet.network.csc;

import java.io.IOException;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/** Learns a dictionary for convolutional sparse coding: one layer. Not thread-safe. */
public final class CscNetworkLearning implements NetworkLearning<CscNetwork, CscImage, CscCoding> {
  private final CscOptions options;
  private final long seed;
  private final int channels;
  private final boolean masked;
  private final ConvolutionEngine engine;

  private CscNetworkLearning(
      CscOptions options, long seed, int channels, boolean masked, ConvolutionEngine engine) {
    this.masked = masked;
    this.options = options;
    this.seed = seed;
    this.channels = channels;
    this.engine = engine;
  }

  public static Start<CscNetwork, CscImage, CscCoding> of(CscOptions options, long seed) {
    return (channels, engine) -> new CscNetworkLearning(options, seed, channels, false, engine);
  }

  /**
   * As {@link #of}, on images with their masks: {@link CscImage#masked(FeatureMaps, FeatureMaps)}.
   */
  public static Start<CscNetwork, CscImage, CscCoding> masked(CscOptions options, long seed) {
    return (maps, engine) -> new CscNetworkLearning(options, seed, maps - 1, true, engine);
  }

  /**
   * Learning that starts from given filters.
   *
   * @param start of the options' sizes, each of norm 1 at most
   */
  public static LayerLearning<CscImage, CscCoding> from(
      FilterBank start, CscOptions options, ConvolutionEngine engine, long seed) {
    return new CscLayerLearning(engine, options, start, seed);
  }

  @Override
  public String family() {
    return CscNetwork.FAMILY;
  }

  @Override
  public String identity() {
    // What codes images later does not change what is learned.
    CodingOptions coding = options.coding().withSolver(SolverChoice.DEFAULTS);
    return new CscOptions(coding, options.epochs(), options.batchSize(), options.memory())
        + (masked ? ", masked" : "");
  }

  @Override
  public int layers() {
    return 1;
  }

  @Override
  public CscNetwork none() {
    return CscNetwork.empty();
  }

  @Override
  public boolean keepsCodes() {
    return true;
  }

  @Override
  public int batchSize(int number) {
    return options.batchSize() == 0 ? Integer.MAX_VALUE : options.batchSize();
  }

  @Override
  public long seed(int number) {
    return seed;
  }

  @Override
  public LayerLearning<CscImage, CscCoding> layer(CscNetwork below) {
    return from(StartingFilters.draw(options.coding(), channels, seed), options, engine, seed);
  }

  @Override
  public CscNetwork plus(CscNetwork below, CscCoding finished, LastPass all) {
    CscLayer layer = finished.layer();
    double share = all.gap() / all.progress(1).objective();
    return CscNetwork.of(new CscLayer(layer.filters(), layer.coding(), share));
  }

  @Override
  public CscCoding coding(CscNetwork network, int number) {
    return new CscCoding(network.layers().get(number - 1));
  }

  /** There is no layer above. */
  @Override
  public HandUp<CscImage> handUp(CscNetwork network) {
    throw new IllegalStateException("a dictionary has one layer: nothing is handed up");
  }

  @Override
  public TrainingImage.Maker<CscImage> images() {
    boolean withMask = masked;
    return (id, image, keptCode) ->
        new CscImage(id, image, withMask, keptCode == null ? null : keptCode.sparse(), null);
  }

  @Override
  public void write(CscNetwork network, ModelFiles files) throws IOException {
    CscFormat.write(network, Map.of(), files);
  }

  @Override
  public CscNetwork read(ModelFiles files) throws IOException {
    return CscFormat.read(files);
  }
}
