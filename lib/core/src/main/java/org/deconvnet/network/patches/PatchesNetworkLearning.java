package org.deconvnet.network.patches;

import java.io.IOException;
import java.util.Map;
import org.deconvnet.dictionary.SymmetricEigensolver;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.LastPass;
import org.deconvnet.learn.LayerLearning;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.store.ModelFiles;

/** Learns words for sparse coding of patches: one layer. Not thread-safe. */
public final class PatchesNetworkLearning
    implements NetworkLearning<PatchesNetwork, PatchesImage, PatchesCoding> {
  private final PatchesOptions options;
  private final SymmetricEigensolver eigensolver;
  private final long seed;
  private final int channels;
  private final ConvolutionEngine engine;

  private PatchesNetworkLearning(
      PatchesOptions options,
      SymmetricEigensolver eigensolver,
      long seed,
      int channels,
      ConvolutionEngine engine) {
    this.options = options;
    this.eigensolver = eigensolver;
    this.seed = seed;
    this.channels = channels;
    this.engine = engine;
  }

  /**
   * @param eigensolver for the whitening, on the driver
   */
  public static Start<PatchesNetwork, PatchesImage, PatchesCoding> of(
      PatchesOptions options, SymmetricEigensolver eigensolver, long seed) {
    return (channels, engine) ->
        new PatchesNetworkLearning(options, eigensolver, seed, channels, engine);
  }

  @Override
  public String family() {
    return PatchesNetwork.FAMILY;
  }

  @Override
  public String identity() {
    return options.toString();
  }

  @Override
  public int layers() {
    return 1;
  }

  @Override
  public PatchesNetwork none() {
    return PatchesNetwork.empty();
  }

  @Override
  public boolean keepsCodes() {
    return false;
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
  public LayerLearning<PatchesImage, PatchesCoding> layer(PatchesNetwork below) {
    return new PatchesLayerLearning(engine, eigensolver, options, channels, seed);
  }

  @Override
  public PatchesNetwork plus(PatchesNetwork below, PatchesCoding finished, LastPass all) {
    PatchesLayer layer = finished.layer();
    double share = all.gap() / all.progress(1).objective();
    return PatchesNetwork.of(
        new PatchesLayer(layer.words(), layer.whitening(), layer.coding(), share));
  }

  @Override
  public PatchesCoding coding(PatchesNetwork network, int number) {
    return new PatchesCoding(network.layers().get(number - 1), DrawnWindows.of(options, seed, 0));
  }

  /** There is no layer above. */
  @Override
  public HandUp<PatchesImage> handUp(PatchesNetwork network) {
    throw new IllegalStateException("patches have one layer: nothing is handed up");
  }

  @Override
  public TrainingImage.Maker<PatchesImage> images() {
    return (id, image, keptCode) -> new PatchesImage(id, image);
  }

  @Override
  public void write(PatchesNetwork network, ModelFiles files) throws IOException {
    PatchesFormat.write(network, Map.of(), files);
  }

  @Override
  public PatchesNetwork read(ModelFiles files) throws IOException {
    return PatchesFormat.read(files);
  }
}
