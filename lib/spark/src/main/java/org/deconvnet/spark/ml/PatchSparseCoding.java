package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.network.patches.PatchesNetwork;
import org.deconvnet.network.patches.PatchesNetworkLearning;
import org.deconvnet.spark.exec.BreezeEigensolver;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Learns words for sparse coding of patches (Olshausen and Field, Nature 1996): every window w of
 * an image, less its mean and whitened, is explained by few words on its own,
 *
 * <pre>½ ‖w − Σ_k h_k b_k‖² + λ Σ_k |h_k|,   ‖b_k‖ ≤ 1</pre>
 *
 * <pre>{@code
 * new PatchSparseCoding().setWordCount(64).setSide(8).setLambda(1).fit(images);
 * }</pre>
 *
 * <p>Whitening sums squares as whole multiples of a small number: images should be of about the
 * scale of 1. Where all of them are below some 0.001, nothing is whitened.
 */
public final class PatchSparseCoding
    extends LayerwiseEstimator<PatchesNetwork, PatchSparseCodingModel, PatchSparseCoding>
    implements PatchParams<PatchSparseCoding> {
  private static final long serialVersionUID = 1;

  public PatchSparseCoding() {
    this(Identifiable$.MODULE$.randomUID("patchSparseCoding"));
  }

  public PatchSparseCoding(String uid) {
    super(uid);
    Defaults.ofPatches(this);
  }

  @Override
  NetworkLearning.Start<PatchesNetwork, ?, ?> learning() {
    return PatchesNetworkLearning.of(toOptions(), new BreezeEigensolver(), getSeed());
  }

  @Override
  PatchSparseCodingModel model(TrainedNetwork<PatchesNetwork> trained) {
    return new PatchSparseCodingModel(uid(), trained.network(), trained);
  }

  @Override
  void requireLayersThatFit() {
    toOptions();
  }

  public static MLReader<PatchSparseCoding> read() {
    return new DefaultParamsReader<>();
  }

  public static PatchSparseCoding load(String path) throws IOException {
    return read().load(path);
  }
}
