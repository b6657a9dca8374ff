package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.deconvnet.network.NetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalNetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.spark.exec.BreezeFilterStep;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Learns the filters of the deconvolutional network of 2010 (Zeiler, Krishnan, Taylor and Fergus,
 * CVPR 2010). Layer l reconstructs the rescaled codes of the layer below, the image for layer 1:
 *
 * <pre>λ/2 Σ_c ‖ Σ_k g[k,c] (z_k ⊛ f[k,c]) − z_{c,l−1} ‖² + κ Σ_k |z_k|^α</pre>
 */
public final class DeconvolutionalNetwork
    extends LayerwiseEstimator<
        DeconvolutionalStack, DeconvolutionalNetworkModel, DeconvolutionalNetwork>
    implements DeconvolutionalParams<DeconvolutionalNetwork> {
  private static final long serialVersionUID = 1;

  public DeconvolutionalNetwork() {
    this(Identifiable$.MODULE$.randomUID("deconvolutionalNetwork"));
  }

  public DeconvolutionalNetwork(String uid) {
    super(uid);
    DeconvolutionalOptions layer = DeconvolutionalOptions.DEFAULTS;
    setDefault(maps(), new int[] {layer.maps()});
    setDefault(filterSides(), new int[] {layer.filterSide()});
    setDefault(connectivities(), new String[] {layer.connectivity().text()});
    setDefault(filterSteps(), new String[] {layer.filterStep().text()});
    setDefault(lambdas(), new double[] {layer.lambda()});
    setDefault(kappas(), new double[] {layer.kappa()});
    setDefault(alphas(), new double[] {layer.alpha()});
    setDefault(epochs(), new int[] {layer.epochs()});
    setDefault(betas(), layer.schedule().betas().stream().mapToDouble(beta -> beta).toArray());
    setDefault(batchSize(), layer.batchSize());
    setDefault(memory(), layer.memory());
    setDefault(cgSteps(), layer.schedule().cgSteps());
    setDefault(passes(), 1);
  }

  @Override
  NetworkLearning.Start<DeconvolutionalStack, ?, ?> learning() {
    return DeconvolutionalNetworkLearning.of(
        toOptions(), getPasses(), BreezeFilterStep::of, getSeed());
  }

  @Override
  DeconvolutionalNetworkModel model(TrainedNetwork<DeconvolutionalStack> trained) {
    return new DeconvolutionalNetworkModel(uid(), trained.network(), trained);
  }

  /** Layer 1 fits on images of any number of channels, as far as is known here. */
  @Override
  void requireLayersThatFit() {
    List<DeconvolutionalOptions> layers = toOptions();
    DeconvolutionalOptions.connect(layers.subList(1, layers.size()), layers.get(0).maps(), 0);
  }

  public static MLReader<DeconvolutionalNetwork> read() {
    return new DefaultParamsReader<>();
  }

  public static DeconvolutionalNetwork load(String path) throws IOException {
    return read().load(path);
  }
}
