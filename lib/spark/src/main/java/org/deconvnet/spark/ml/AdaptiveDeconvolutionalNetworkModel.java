package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.deconvnet.network.adaptive.AdaptiveFormat;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * A trained adaptive deconvolutional network. Its dense maps are the responses of each layer before
 * the last pooling, as the maps of layer 1 see them; its codes are what pooling leaves.
 * Thread-safe.
 */
public final class AdaptiveDeconvolutionalNetworkModel
    extends LayeredModel<AdaptiveNetwork, AdaptiveDeconvolutionalNetworkModel>
    implements LayerValuesParam<AdaptiveDeconvolutionalNetworkModel> {
  private static final long serialVersionUID = 1;

  AdaptiveDeconvolutionalNetworkModel(
      String uid, AdaptiveNetwork network, TrainedNetwork<AdaptiveNetwork> training) {
    super(uid, network, training);
    Defaults.ofLayerValues(this);
  }

  /** A model of a network that no estimator has learned. */
  public static AdaptiveDeconvolutionalNetworkModel ofNetwork(AdaptiveNetwork network) {
    return new AdaptiveDeconvolutionalNetworkModel(
        Identifiable$.MODULE$.randomUID("adaptiveDeconvolutionalNetwork"), network, null);
  }

  @Override
  AdaptiveDeconvolutionalNetworkModel of(AdaptiveNetwork other) {
    return new AdaptiveDeconvolutionalNetworkModel(uid(), other, training().orElse(null));
  }

  @Override
  AdaptiveNetwork lowest(int layers) {
    return network().upTo(layers);
  }

  @Override
  boolean givesCodes() {
    return getLayerValues().equals(CODES);
  }

  @Override
  ToColumns<AdaptiveNetwork> toMaps() {
    return maps();
  }

  static ToColumns<AdaptiveNetwork> maps() {
    return (engine, network) -> {
      AdaptiveInference inference = new AdaptiveInference(engine, network);
      return image ->
          inference.infer(image).stream()
              .map(result -> FeatureMapsColumn.toRow(result.responses()))
              .toArray();
    };
  }

  @Override
  ToColumns<AdaptiveNetwork> toCodes() {
    return sparse();
  }

  static ToColumns<AdaptiveNetwork> sparse() {
    return (engine, network) -> {
      AdaptiveInference inference = new AdaptiveInference(engine, network);
      return image -> inference.codes(image).stream().map(FeatureMapsColumn::toRow).toArray();
    };
  }

  @Override
  public MLWriter write() {
    return new LayeredModelStore.Writer<>(this, AdaptiveFormat::write);
  }

  public static MLReader<AdaptiveDeconvolutionalNetworkModel> read() {
    return new LayeredModelStore.Reader<>(
        AdaptiveDeconvolutionalNetworkModel.class,
        (uid, files) ->
            new AdaptiveDeconvolutionalNetworkModel(uid, AdaptiveFormat.read(files), null));
  }

  public static AdaptiveDeconvolutionalNetworkModel load(String path) throws IOException {
    return read().load(path);
  }
}
