package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.network.deconvolutional.CodedMaps;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.DistributedDictionary;
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
    setDefault(maps(), new int[] {9});
    setDefault(filterSides(), new int[] {7});
    setDefault(connectivities(), new String[] {ConnectivityPlan.FULL.text()});
    setDefault(filterSteps(), new String[] {FilterStep.Kind.UNIT_SPHERE.text()});
    setDefault(lambdas(), new double[] {1});
    setDefault(kappas(), new double[] {1});
    setDefault(alphas(), new double[] {0.8});
    setDefault(epochs(), new int[] {7});
    setDefault(
        betas(), BetaSchedule.standard().betas().stream().mapToDouble(beta -> beta).toArray());
    setDefault(batchSize(), 2);
    setDefault(memory(), 0.2);
    setDefault(cgSteps(), BetaSchedule.CG_STEPS);
    setDefault(passes(), 1);
  }

  @Override
  TrainedNetwork<DeconvolutionalStack> train(JavaSparkContext context, JavaRDD<Row> images) {
    return new DistributedDictionary(context, getEngine(), getSeed(), listener(), checkpointing())
        .train(
            images.map(DeconvolutionalNetwork::image),
            toOptions(),
            partitionsIn(context),
            getPasses());
  }

  private static CodedMaps image(Row row) {
    return new CodedMaps(row.getString(0), FeatureMapsColumn.fromRow(row.getStruct(1)));
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
