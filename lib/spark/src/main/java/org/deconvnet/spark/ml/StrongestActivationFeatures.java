package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.ActivationOptions;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.DescriptorWeights;
import org.deconvnet.describe.StrongestActivationResponses;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.adaptive.AdaptiveFormat;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.DescriptorsColumn;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.tensor.FeatureMaps;

/**
 * The features of the 2011 paper: an image's strongest activations of the network's top layer, each
 * reconstructed alone down to layer 1 ({@link StrongestActivationResponses}), to be described
 * there. Adds one column ({@link DescriptorsColumn#SCHEMA}), which {@link SpatialPyramidEncoder}
 * takes in place of maps: it describes, codes and pools one activation after the other.
 * Thread-safe.
 *
 * <p>A row grows with the activations and with what each reaches, and not with the descriptors: 50
 * activations of the fourth layer take at most 50 times a 27th of layer 1's maps.
 */
public final class StrongestActivationFeatures
    extends LayeredModel<AdaptiveNetwork, StrongestActivationFeatures>
    implements OutputParam<StrongestActivationFeatures>,
        DescriptorParams<StrongestActivationFeatures> {
  private static final long serialVersionUID = 1;

  /**
   * @param network layers up to the one whose activations are described
   */
  public StrongestActivationFeatures(String uid, AdaptiveNetwork network) {
    super(uid, network, null);
    Defaults.ofDescriptors(this);
    setDefault(outputCol(), "descriptors");
    setDefault(activations(), ActivationOptions.DEFAULTS.strongest());
    setDefault(leastShare(), ActivationOptions.DEFAULTS.leastShare());
    setDefault(descriptorWeights(), word(ActivationOptions.DEFAULTS.weights()));
  }

  @Override
  public Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of descriptors");
  }

  public IntParam activations() {
    return Declared.whole(this, "activations", "strongest, M", Takes.atLeast(1));
  }

  public int getActivations() {
    return (Integer) $(activations());
  }

  public StrongestActivationFeatures setActivations(int value) {
    return Fluent.set(this, activations(), value);
  }

  public DoubleParam leastShare() {
    return Declared.number(
        this,
        "leastShare",
        "descriptors with a smaller share of the largest norm are dropped",
        new Takes<>("from 0 to 1", value -> value >= 0 && value <= 1));
  }

  public double getLeastShare() {
    return (Double) $(leastShare());
  }

  /** 0 keeps all that see anything, 1 the largest. */
  public StrongestActivationFeatures setLeastShare(double value) {
    return Fluent.set(this, leastShare(), value);
  }

  public Param<String> descriptorWeights() {
    return Declared.text(
        this,
        "descriptorWeights",
        "how much an activation's descriptors count beside each other: alike, or by their norms",
        Takes.oneOf(
            Arrays.stream(DescriptorWeights.values())
                .map(StrongestActivationFeatures::word)
                .toList()));
  }

  public String getDescriptorWeights() {
    return $(descriptorWeights());
  }

  /** {@code alike} or {@code norm}. */
  public StrongestActivationFeatures setDescriptorWeights(String value) {
    return Fluent.set(this, descriptorWeights(), value);
  }

  private static String word(DescriptorWeights weights) {
    return weights.name().toLowerCase(Locale.ROOT);
  }

  public StrongestActivationFeatures setActivations(ActivationOptions options) {
    return setActivations(options.strongest())
        .setLeastShare(options.leastShare())
        .setDescriptorWeights(word(options.weights()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid());
    toDescriptorOptions();
    return Columns.add(schema, getOutputCol(), DescriptorsColumn.SCHEMA, uid());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    ActivationOptions strongest =
        new ActivationOptions(
            getActivations(),
            getLeastShare(),
            DescriptorWeights.valueOf(getDescriptorWeights().toUpperCase(Locale.ROOT)));
    DescriptorOptions descriptors = toDescriptorOptions();
    return inferred(
        dataset,
        transformSchema(dataset.schema()),
        (engine, network) -> described(engine, network, strongest, descriptors));
  }

  private static Function<FeatureMaps, Object[]> described(
      ConvolutionEngine engine,
      AdaptiveNetwork network,
      ActivationOptions strongest,
      DescriptorOptions descriptors) {
    AdaptiveInference inference = new AdaptiveInference(engine, network);
    StrongestActivationResponses responses =
        new StrongestActivationResponses(engine, network, strongest.strongest());
    return image ->
        new Object[] {
          DescriptorsColumn.toRow(
              responses.of(image.shape(), inference.codes(image)), strongest, descriptors)
        };
  }

  @Override
  StrongestActivationFeatures of(AdaptiveNetwork other) {
    return new StrongestActivationFeatures(uid(), other);
  }

  @Override
  AdaptiveNetwork lowest(int layers) {
    return network().upTo(layers);
  }

  @Override
  ToColumns<AdaptiveNetwork> toMaps() {
    return AdaptiveDeconvolutionalNetworkModel.maps();
  }

  @Override
  ToColumns<AdaptiveNetwork> toCodes() {
    return AdaptiveDeconvolutionalNetworkModel.sparse();
  }

  @Override
  public MLWriter write() {
    return new LayeredModelStore.Writer<>(this, AdaptiveFormat::write);
  }

  public static MLReader<StrongestActivationFeatures> read() {
    return new LayeredModelStore.Reader<>(
        StrongestActivationFeatures.class,
        (uid, files) -> new StrongestActivationFeatures(uid, AdaptiveFormat.read(files)));
  }

  public static StrongestActivationFeatures load(String path) throws IOException {
    return read().load(path);
  }
}
