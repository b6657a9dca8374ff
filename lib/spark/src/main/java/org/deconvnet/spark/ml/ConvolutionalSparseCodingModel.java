package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.deconvnet.network.csc.CscFormat;
import org.deconvnet.network.csc.CscInference;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * A dictionary for convolutional sparse coding. Its maps and its codes are the same numbers z, (K,
 * rows, columns), of which few are not zero; rows and columns are what the boundary leaves.
 * Thread-safe.
 */
public final class ConvolutionalSparseCodingModel
    extends LayeredModel<CscNetwork, ConvolutionalSparseCodingModel>
    implements LayerValuesParam<ConvolutionalSparseCodingModel> {
  private static final long serialVersionUID = 1;

  ConvolutionalSparseCodingModel(
      String uid, CscNetwork network, TrainedNetwork<CscNetwork> training) {
    super(uid, network, training);
    Defaults.ofLayerValues(this);
  }

  /** A model of a dictionary that no estimator has learned. */
  public static ConvolutionalSparseCodingModel ofNetwork(CscNetwork network) {
    return new ConvolutionalSparseCodingModel(
        Identifiable$.MODULE$.randomUID("convolutionalSparseCoding"), network, null);
  }

  @Override
  ConvolutionalSparseCodingModel of(CscNetwork other) {
    return new ConvolutionalSparseCodingModel(uid(), other, training().orElse(null));
  }

  @Override
  CscNetwork lowest(int layers) {
    return layers == 0 ? CscNetwork.empty() : network();
  }

  @Override
  boolean givesCodes() {
    return getLayerValues().equals(CODES);
  }

  @Override
  ToColumns<CscNetwork> toMaps() {
    return (engine, network) -> {
      CscInference inference = new CscInference(engine, network.layer());
      return image -> new Object[] {FeatureMapsColumn.toRow(inference.code(image).code().dense())};
    };
  }

  @Override
  ToColumns<CscNetwork> toCodes() {
    return (engine, network) -> {
      CscInference inference = new CscInference(engine, network.layer());
      return image -> new Object[] {FeatureMapsColumn.toRow(inference.code(image).code())};
    };
  }

  @Override
  public MLWriter write() {
    return new LayeredModelStore.Writer<>(this, CscFormat::write);
  }

  public static MLReader<ConvolutionalSparseCodingModel> read() {
    return new LayeredModelStore.Reader<>(
        ConvolutionalSparseCodingModel.class,
        (uid, files) -> new ConvolutionalSparseCodingModel(uid, CscFormat.read(files), null));
  }

  public static ConvolutionalSparseCodingModel load(String path) throws IOException {
    return read().load(path);
  }
}
