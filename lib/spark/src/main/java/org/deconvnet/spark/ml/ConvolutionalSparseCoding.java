package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.network.csc.CscNetworkLearning;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Learns a dictionary for convolutional sparse coding (Bristow, Eriksson and Lucey, CVPR 2013):
 *
 * <pre>½ ‖y − Σ_k d_k ∗ z_k‖² + λ Σ_k w_k |z_k|₁,   ‖d_k‖ ≤ 1</pre>
 *
 * <pre>{@code
 * new ConvolutionalSparseCoding().setMaps(64).setFilterSides(8).setLambda(0.1).fit(images);
 * }</pre>
 */
public final class ConvolutionalSparseCoding
    extends LayerwiseEstimator<
        CscNetwork, ConvolutionalSparseCodingModel, ConvolutionalSparseCoding>
    implements SparseCodingParams<ConvolutionalSparseCoding> {
  private static final long serialVersionUID = 1;

  public ConvolutionalSparseCoding() {
    this(Identifiable$.MODULE$.randomUID("convolutionalSparseCoding"));
  }

  public ConvolutionalSparseCoding(String uid) {
    super(uid);
    Defaults.ofSparseCoding(this);
  }

  @Override
  NetworkLearning.Start<CscNetwork, ?, ?> learning() {
    return CscNetworkLearning.of(toOptions(), getSeed());
  }

  @Override
  ConvolutionalSparseCodingModel model(TrainedNetwork<CscNetwork> trained) {
    return new ConvolutionalSparseCodingModel(uid(), trained.network(), trained);
  }

  @Override
  void requireLayersThatFit() {
    toOptions();
  }

  public static MLReader<ConvolutionalSparseCoding> read() {
    return new DefaultParamsReader<>();
  }

  public static ConvolutionalSparseCoding load(String path) throws IOException {
    return read().load(path);
  }
}
