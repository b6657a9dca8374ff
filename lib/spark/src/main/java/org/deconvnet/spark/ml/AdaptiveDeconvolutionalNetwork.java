package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.DistributedTraining;
import org.deconvnet.spark.exec.LayerBelowTraining;
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
    setDefault(maps(), new int[] {15});
    setDefault(filterSides(), new int[] {7});
    setDefault(poolSides(), new int[] {3});
    setDefault(poolMaps(), new int[] {3});
    setDefault(lambdas(), new double[] {2});
    setDefault(steps(), new double[] {0});
    setDefault(iterations(), new int[] {10});
    setDefault(epochs(), new int[] {3});
    setDefault(batchSize(), 20);
    setDefault(cgSteps(), 2);
  }

  @Override
  TrainedNetwork<AdaptiveNetwork> train(JavaSparkContext context, JavaRDD<Row> images) {
    return new DistributedTraining(context, getEngine(), getSeed(), listener(), checkpointing())
        .train(
            images.map(AdaptiveDeconvolutionalNetwork::image), toOptions(), partitionsIn(context));
  }

  /**
   * Learns filters of the same layers, each to reconstruct the pooled maps of the layer below in
   * place of the image: an ablation of the 2011 paper, {@link
   * org.deconvnet.network.adaptive.LayerBelowInference}.
   */
  public AdaptiveNetwork fitToLayersBelow(Dataset<?> dataset) {
    UsableRows usable = usable(dataset);
    JavaSparkContext context = contextOf(dataset);
    AdaptiveNetwork network =
        new LayerBelowTraining(context, getEngine(), getSeed(), listener())
            .train(
                usable.rows().map(AdaptiveDeconvolutionalNetwork::image),
                toOptions(),
                partitionsIn(context));
    usable.reportLeftOut();
    return network;
  }

  private static AdaptiveImage image(Row row) {
    return new AdaptiveImage(
        row.getString(0), FeatureMapsColumn.fromRow(row.getStruct(1)), List.of());
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
