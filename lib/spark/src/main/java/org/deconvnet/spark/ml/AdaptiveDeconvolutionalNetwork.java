package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveNetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.spark.exec.BreezeConjugateGradient;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Learns the filters of an adaptive deconvolutional network (Zeiler, Taylor and Fergus, ICCV 2011).
 * Every layer l reconstructs the image itself:
 *
 * <pre>C_l(y) = λ_l/2 ‖R_l z_l − y‖² + Σ_k |z_{k,l}|₁,   R_l = F_1 U_{s1} F_2 U_{s2} … F_l</pre>
 *
 * <pre>{@code
 * new AdaptiveDeconvolutionalNetwork().setMaps(15, 50).setLambdas(2, 0.5).fit(images);
 * }</pre>
 */
public final class AdaptiveDeconvolutionalNetwork
    extends LayerwiseEstimator<
        AdaptiveNetwork, AdaptiveDeconvolutionalNetworkModel, AdaptiveDeconvolutionalNetwork>
    implements AdaptiveParams<AdaptiveDeconvolutionalNetwork> {
  private static final long serialVersionUID = 1;

  public AdaptiveDeconvolutionalNetwork() {
    this(Identifiable$.MODULE$.randomUID("adaptiveDeconvolutionalNetwork"));
  }

  public AdaptiveDeconvolutionalNetwork(String uid) {
    super(uid);
    AdaptiveOptions layer = AdaptiveOptions.DEFAULTS;
    setDefault(maps(), new int[] {layer.maps()});
    setDefault(filterSides(), new int[] {layer.filterSide()});
    setDefault(poolSides(), new int[] {layer.pool().rows()});
    setDefault(poolMaps(), new int[] {layer.pool().maps()});
    setDefault(lambdas(), new double[] {layer.lambda()});
    setDefault(steps(), new double[] {layer.step()});
    setDefault(iterations(), new int[] {layer.iterations()});
    setDefault(epochs(), new int[] {layer.epochs()});
    setDefault(batchSize(), layer.batchSize());
    setDefault(cgSteps(), layer.cgSteps());
    setDefault(norm(), layer.norm().text());
    setDefault(momentum(), layer.shrinkage().momentum());
    setDefault(refit(), layer.shrinkage().refit());
  }

  @Override
  NetworkLearning.Start<AdaptiveNetwork, ?, ?> learning() {
    return AdaptiveNetworkLearning.of(toOptions(), new BreezeConjugateGradient(), getSeed());
  }

  /**
   * Learns filters of the same layers, each to reconstruct the pooled maps of the layer below in
   * place of the image: an ablation of the 2011 paper, {@link
   * org.deconvnet.network.adaptive.LayerBelowInference}. It leaves no checkpoint.
   */
  public AdaptiveNetwork fitToLayersBelow(Dataset<?> dataset) {
    return learn(
            dataset,
            AdaptiveNetworkLearning.toLayersBelow(
                toOptions(), new BreezeConjugateGradient(), getSeed()),
            Checkpointing.NONE)
        .network();
  }

  @Override
  AdaptiveDeconvolutionalNetworkModel model(TrainedNetwork<AdaptiveNetwork> trained) {
    return new AdaptiveDeconvolutionalNetworkModel(uid(), trained.network(), trained);
  }

  @Override
  void requireLayersThatFit() {
    toOptions();
  }

  public static MLReader<AdaptiveDeconvolutionalNetwork> read() {
    return new DefaultParamsReader<>();
  }

  public static AdaptiveDeconvolutionalNetwork load(String path) throws IOException {
    return read().load(path);
  }
}
