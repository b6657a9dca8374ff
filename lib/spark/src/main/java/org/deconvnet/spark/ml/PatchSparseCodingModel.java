package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.deconvnet.network.patches.PatchesFormat;
import org.deconvnet.network.patches.PatchesInference;
import org.deconvnet.network.patches.PatchesNetwork;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Words for sparse coding of patches. Its maps and its codes are the same numbers h, (words, H − s
 * + 1, W − s + 1), of which few are not zero: a place for each window, named by its first pixel;
 * where the step is larger than 1, windows between have zeros. Thread-safe.
 */
public final class PatchSparseCodingModel
    extends LayeredModel<PatchesNetwork, PatchSparseCodingModel>
    implements LayerValuesParam<PatchSparseCodingModel> {
  private static final long serialVersionUID = 1;

  PatchSparseCodingModel(
      String uid, PatchesNetwork network, TrainedNetwork<PatchesNetwork> training) {
    super(uid, network, training);
    Defaults.ofLayerValues(this);
  }

  /** A model of words that no estimator has learned. */
  public static PatchSparseCodingModel ofNetwork(PatchesNetwork network) {
    return new PatchSparseCodingModel(
        Identifiable$.MODULE$.randomUID("patchSparseCoding"), network, null);
  }

  @Override
  PatchSparseCodingModel of(PatchesNetwork other) {
    return new PatchSparseCodingModel(uid(), other, training().orElse(null));
  }

  @Override
  PatchesNetwork lowest(int layers) {
    return layers == 0 ? PatchesNetwork.empty() : network();
  }

  @Override
  boolean givesCodes() {
    return getLayerValues().equals(CODES);
  }

  @Override
  ToColumns<PatchesNetwork> toMaps() {
    return (engine, network) -> {
      PatchesInference inference = new PatchesInference(engine, network.layer());
      return image -> new Object[] {FeatureMapsColumn.toRow(inference.code(image).code().dense())};
    };
  }

  @Override
  ToColumns<PatchesNetwork> toCodes() {
    return (engine, network) -> {
      PatchesInference inference = new PatchesInference(engine, network.layer());
      return image -> new Object[] {FeatureMapsColumn.toRow(inference.code(image).code())};
    };
  }

  @Override
  public MLWriter write() {
    return new LayeredModelStore.Writer<>(this, PatchesFormat::write);
  }

  public static MLReader<PatchSparseCodingModel> read() {
    return new LayeredModelStore.Reader<>(
        PatchSparseCodingModel.class,
        (uid, files) -> new PatchSparseCodingModel(uid, PatchesFormat.read(files), null));
  }

  public static PatchSparseCodingModel load(String path) throws IOException {
    return read().load(path);
  }
}
