package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.deconvnet.network.deconvolutional.DeconvolutionalFormat;
import org.deconvnet.network.deconvolutional.DeconvolutionalInference;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * A trained deconvolutional network of 2010. Its dense maps are the codes z that half-quadratic
 * splitting ends with, (K_l, H+Σ(s−1), W+Σ(s−1)); its sparse codes are the x beside them.
 * Thread-safe.
 */
public final class DeconvolutionalNetworkModel
    extends LayeredModel<DeconvolutionalStack, DeconvolutionalNetworkModel>
    implements LayerValuesParam<DeconvolutionalNetworkModel> {
  private static final long serialVersionUID = 1;

  DeconvolutionalNetworkModel(
      String uid, DeconvolutionalStack stack, TrainedNetwork<DeconvolutionalStack> training) {
    super(uid, stack, training);
    Defaults.ofLayerValues(this);
  }

  /** A model of a stack that no estimator has learned. */
  public static DeconvolutionalNetworkModel ofNetwork(DeconvolutionalStack stack) {
    return new DeconvolutionalNetworkModel(
        Identifiable$.MODULE$.randomUID("deconvolutionalNetwork"), stack, null);
  }

  @Override
  DeconvolutionalNetworkModel of(DeconvolutionalStack other) {
    return new DeconvolutionalNetworkModel(uid(), other, training().orElse(null));
  }

  @Override
  DeconvolutionalStack lowest(int layers) {
    return network().upTo(layers);
  }

  @Override
  boolean givesCodes() {
    return getLayerValues().equals(CODES);
  }

  @Override
  ToColumns<DeconvolutionalStack> toMaps() {
    return (engine, stack) -> {
      DeconvolutionalInference inference = new DeconvolutionalInference(engine, stack);
      return image -> inference.codes(image).stream().map(FeatureMapsColumn::toRow).toArray();
    };
  }

  @Override
  ToColumns<DeconvolutionalStack> toCodes() {
    return (engine, stack) -> {
      DeconvolutionalInference inference = new DeconvolutionalInference(engine, stack);
      return image ->
          inference.sparseCodes(image).stream().map(FeatureMapsColumn::toSparseRow).toArray();
    };
  }

  @Override
  public MLWriter write() {
    return new LayeredModelStore.Writer<>(this, DeconvolutionalFormat::write);
  }

  public static MLReader<DeconvolutionalNetworkModel> read() {
    return new LayeredModelStore.Reader<>(
        DeconvolutionalNetworkModel.class,
        (uid, files) ->
            new DeconvolutionalNetworkModel(uid, DeconvolutionalFormat.read(files), null));
  }

  public static DeconvolutionalNetworkModel load(String path) throws IOException {
    return read().load(path);
  }
}
