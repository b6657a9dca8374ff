package org.deconvnet.spark.config;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.patches.PatchCodingOptions;
import org.deconvnet.network.patches.PatchesLayer;
import org.deconvnet.network.patches.PatchesNetwork;
import org.deconvnet.network.patches.PatchesOptions;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.ml.PatchSparseCoding;
import org.deconvnet.spark.ml.PatchSparseCodingModel;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/** Sparse coding of patches: one layer, convex. */
public record PatchesSettings(String engine, int images, PatchesOptions options)
    implements LearnedSettings {
  /** Learned from all images. */
  public static final PatchesSettings DEFAULTS =
      new PatchesSettings(ConvolutionEngines.AUTO, 0, PatchesOptions.DEFAULTS);

  public PatchesSettings {
    ConvolutionEngines.requireName(engine);
    Checks.atLeast("network.images", 0, images);
  }

  PatchCodingOptions coding() {
    return options.coding();
  }

  /** A window has to fit. */
  @Override
  public int mapsLack() {
    return coding().windows().side() - 1;
  }

  @Override
  public int leastSide() {
    return coding().windows().side();
  }

  @Override
  public void requireFit(int channels) {
    coding().windows().requireFit(channels);
  }

  @Override
  public PatchesSettings withEngine(String other) {
    return new PatchesSettings(other, images, options);
  }

  @Override
  public String family() {
    return PatchesNetwork.FAMILY;
  }

  @Override
  public boolean describesActivations() {
    return false;
  }

  @Override
  public boolean denoises() {
    return false;
  }

  @Override
  public List<Long> codingBytes(Shape image) {
    return List.of(coding().bytes(image));
  }

  /** A batch of all images has no end. */
  @Override
  public int batchSize() {
    return options.batchSize() == 0 ? Integer.MAX_VALUE : options.batchSize();
  }

  @Override
  public int depth() {
    return 1;
  }

  @Override
  public int[] epochs() {
    return new int[] {options.epochs()};
  }

  /**
   * Words that were learned elsewhere are of pixels as they are.
   *
   * @throws UserErrorException if windows are to be whitened
   */
  @Override
  public LayeredModel<?, ?> withFilters(List<GivenFilter> filters, int channels, long seed) {
    requireOneEach(filters);
    if (coding().windows().whiten()) {
      throw new UserErrorException(
          "network.whiten: expected false for words that were learned elsewhere, got true: their whitening is not known");
    }
    Connectivity full = Connectivity.full(coding().maps(), channels);
    PatchesLayer layer =
        PatchesLayer.ofPixels(filters.get(0).of(1, full, coding().windows().side()), coding());
    return PatchSparseCodingModel.ofNetwork(PatchesNetwork.of(layer)).setEngine(engine);
  }

  @Override
  public LayeredModel<?, ?> learn(
      Dataset<Row> sample,
      int partitions,
      long seed,
      TrainingListener listener,
      Checkpointing checkpointing) {
    return new PatchSparseCoding()
        .setOptions(options)
        .setEngine(engine)
        .setPartitions(partitions)
        .setSeed(seed)
        .setListener(listener)
        .setCheckpointing(checkpointing)
        .fit(sample);
  }
}
