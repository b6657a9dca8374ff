package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.function.Function;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.ActivationOptions;
import org.deconvnet.describe.DescriptorOptions;
import org.deconvnet.describe.StrongestActivationDescriptors;
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
 * reconstructed alone down to layer 1 and described there ({@link StrongestActivationDescriptors}).
 * Adds one column of descriptors ({@link DescriptorsColumn#SCHEMA}), which {@link
 * SpatialPyramidEncoder} takes in place of maps. Thread-safe.
 *
 * <p>Grows with the activations and with what each reaches: a row of 50 activations of the fourth
 * layer holds up to 50 times the descriptors of the whole image.
 */
public final class StrongestActivationFeatures
    extends LayeredModel<AdaptiveNetwork, StrongestActivationFeatures> {
  private static final long serialVersionUID = 1;

  private final Param<String> outputCol;
  private final IntParam activations;
  private final DoubleParam leastShare;
  private final IntParam patch;
  private final IntParam step;
  private final IntParam cells;
  private final DoubleParam clip;

  /**
   * @param network layers up to the one whose activations are described
   */
  public StrongestActivationFeatures(String uid, AdaptiveNetwork network) {
    super(uid, network, null);
    outputCol = new Param<>(this, "outputCol", "column of descriptors");
    activations = new IntParam(this, "activations", "strongest, M", ParamValidators.gtEq(1));
    leastShare =
        new DoubleParam(
            this,
            "leastShare",
            "descriptors with a smaller share of the largest norm are dropped",
            ParamValidators.inRange(0, 1));
    patch = new IntParam(this, "patch", "pixels of a descriptor's side", ParamValidators.gtEq(1));
    step = new IntParam(this, "step", "pixels between descriptors", ParamValidators.gtEq(1));
    cells = new IntParam(this, "cells", "cells along its side", ParamValidators.gtEq(1));
    clip = new DoubleParam(this, "clip", "largest normalised entry", ParamValidators.gt(0));
    setDefault(outputCol, "descriptors");
    setDefault(activations, ActivationOptions.DEFAULTS.strongest());
    setDefault(leastShare, ActivationOptions.DEFAULTS.leastShare());
    setDefault(patch, DescriptorOptions.DEFAULTS.patch());
    setDefault(step, DescriptorOptions.DEFAULTS.step());
    setDefault(cells, DescriptorOptions.DEFAULTS.cells());
    setDefault(clip, DescriptorOptions.DEFAULTS.clip());
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public IntParam activations() {
    return activations;
  }

  public DoubleParam leastShare() {
    return leastShare;
  }

  public IntParam patch() {
    return patch;
  }

  public IntParam step() {
    return step;
  }

  public IntParam cells() {
    return cells;
  }

  public DoubleParam clip() {
    return clip;
  }

  /** Rows without an image: {@code keep}, the default, {@code skip} or {@code error}. */
  public StrongestActivationFeatures setHandleInvalid(String value) {
    set(handleInvalid(), value);
    return this;
  }

  /** The column that names rows in messages. */
  public StrongestActivationFeatures setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  public StrongestActivationFeatures setEngine(String value) {
    set(engine(), value);
    return this;
  }

  public StrongestActivationFeatures setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  public StrongestActivationFeatures setActivations(ActivationOptions options) {
    set(activations, options.strongest());
    set(leastShare, options.leastShare());
    return this;
  }

  public StrongestActivationFeatures setDescriptors(DescriptorOptions options) {
    set(patch, options.patch());
    set(step, options.step());
    set(cells, options.cells());
    set(clip, options.clip());
    return this;
  }

  private ActivationOptions activationOptions() {
    return new ActivationOptions((Integer) $(activations), (Double) $(leastShare));
  }

  private DescriptorOptions descriptorOptions() {
    return new DescriptorOptions(
        (Integer) $(patch), (Integer) $(step), (Integer) $(cells), (Double) $(clip));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(inputCol()), FeatureMapsColumn.DENSE, uid());
    return Columns.add(schema, $(outputCol), DescriptorsColumn.SCHEMA, uid());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    ActivationOptions strongest = activationOptions();
    DescriptorOptions descriptors = descriptorOptions();
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
    StrongestActivationDescriptors described =
        new StrongestActivationDescriptors(engine, network, strongest, descriptors);
    return image ->
        new Object[] {
          DescriptorsColumn.toRow(described.describe(image.shape(), inference.codes(image)))
        };
  }

  @Override
  public StrongestActivationFeatures upTo(int layers) {
    return copyValues(
        new StrongestActivationFeatures(uid(), network().upTo(layers)), ParamMap.empty());
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
  public StrongestActivationFeatures copy(ParamMap extra) {
    StrongestActivationFeatures copy = new StrongestActivationFeatures(uid(), network());
    return copyValues(copy.setParent(parent()), extra);
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
