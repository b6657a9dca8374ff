package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.AdaptiveNetworkLearning;
import org.deconvnet.network.adaptive.AdaptiveOptions;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.BreezeConjugateGradient;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.LayerwiseTraining;
import org.deconvnet.spark.exec.TrainedNetwork;

/**
 * Learns the filters of an adaptive deconvolutional network (Zeiler, Taylor and Fergus, ICCV 2011)
 * without labels. Every layer l reconstructs the image itself:
 *
 * <pre>C_l(y) = λ_l/2 ‖R_l z_l − y‖² + Σ_k |z_{k,l}|₁,   R_l = F_1 U_{s1} F_2 U_{s2} … F_l</pre>
 *
 * <p>Input: a column of images ({@link FeatureMapsColumn#DENSE}, sizes may differ) and a column of
 * unique ids, which decide batches. Rows without an image or an id are left out and counted ({@code
 * handleInvalid}, {@link TrainedNetwork#leftOut}). Array parameters hold one value a layer.
 */
public final class AdaptiveDeconvolutionalNetwork
    extends Estimator<AdaptiveDeconvolutionalNetworkModel> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final InvalidRowParams invalid;
  private final Param<String> engine;
  private final IntArrayParam maps;
  private final IntArrayParam filterSides;
  private final IntArrayParam poolSides;
  private final IntArrayParam poolMaps;
  private final DoubleArrayParam lambdas;
  private final DoubleArrayParam steps;
  private final IntArrayParam iterations;
  private final IntArrayParam epochs;
  private final IntParam batchSize;
  private final IntParam cgSteps;
  private final IntParam partitions;
  private final LongParam seed;
  private transient TrainingListener listener = TrainingListener.SILENT;
  private transient Checkpointing checkpointing = Checkpointing.NONE;

  public AdaptiveDeconvolutionalNetwork() {
    this(Identifiable$.MODULE$.randomUID("adaptiveDeconvolutionalNetwork"));
  }

  public AdaptiveDeconvolutionalNetwork(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "column of preprocessed images");
    invalid = new InvalidRowParams(this);
    engine = new Param<>(this, "engine", "convolution engine: auto, vector or scalar");
    maps = new IntArrayParam(this, "maps", "feature maps K of each layer");
    filterSides = new IntArrayParam(this, "filterSides", "rows and columns of a filter");
    poolSides = new IntArrayParam(this, "poolSides", "rows and columns of a pooling block");
    poolMaps = new IntArrayParam(this, "poolMaps", "consecutive maps of a pooling block");
    lambdas = new DoubleArrayParam(this, "lambdas", "weight of the data term against |z|1");
    steps = new DoubleArrayParam(this, "steps", "gradient step; 0: safe, from the operator norm");
    iterations = new IntArrayParam(this, "iterations", "ISTA iterations");
    epochs = new IntArrayParam(this, "epochs", "passes over the images");
    batchSize =
        new IntParam(
            this, "batchSize", "images between filter updates (>= 1)", ParamValidators.gtEq(1));
    cgSteps =
        new IntParam(
            this, "cgSteps", "conjugate-gradient steps an update (>= 1)", ParamValidators.gtEq(1));
    partitions =
        new IntParam(
            this,
            "partitions",
            "partitions of a batch; 0: Spark's default parallelism",
            ParamValidators.gtEq(0));
    seed = new LongParam(this, "seed", "decides every random number");
    setDefaults();
  }

  private void setDefaults() {
    AdaptiveOptions layer = AdaptiveOptions.DEFAULTS;
    setDefault(inputCol, "image");
    setDefault(engine, "auto");
    setDefault(maps, new int[] {layer.maps()});
    setDefault(filterSides, new int[] {layer.filterSide()});
    setDefault(poolSides, new int[] {layer.pool().rows()});
    setDefault(poolMaps, new int[] {layer.pool().maps()});
    setDefault(lambdas, new double[] {layer.lambda()});
    setDefault(steps, new double[] {layer.step()});
    setDefault(iterations, new int[] {layer.iterations()});
    setDefault(epochs, new int[] {layer.epochs()});
    setDefault(batchSize, layer.batchSize());
    setDefault(cgSteps, layer.cgSteps());
    setDefault(partitions, 0);
    setDefault(seed, 1L);
  }

  @Override
  public String uid() {
    return uid;
  }

  // Spark finds parameters by these accessors.

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> idCol() {
    return invalid.idCol;
  }

  public Param<String> handleInvalid() {
    return invalid.handleInvalid;
  }

  public Param<String> engine() {
    return engine;
  }

  public IntArrayParam maps() {
    return maps;
  }

  public IntArrayParam filterSides() {
    return filterSides;
  }

  public IntArrayParam poolSides() {
    return poolSides;
  }

  public IntArrayParam poolMaps() {
    return poolMaps;
  }

  public DoubleArrayParam lambdas() {
    return lambdas;
  }

  public DoubleArrayParam steps() {
    return steps;
  }

  public IntArrayParam iterations() {
    return iterations;
  }

  public IntArrayParam epochs() {
    return epochs;
  }

  public IntParam batchSize() {
    return batchSize;
  }

  public IntParam cgSteps() {
    return cgSteps;
  }

  public IntParam partitions() {
    return partitions;
  }

  public LongParam seed() {
    return seed;
  }

  public AdaptiveDeconvolutionalNetwork setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  public AdaptiveDeconvolutionalNetwork setIdCol(String value) {
    set(invalid.idCol, value);
    return this;
  }

  public String getHandleInvalid() {
    return $(invalid.handleInvalid);
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  public AdaptiveDeconvolutionalNetwork setHandleInvalid(String value) {
    set(invalid.handleInvalid, value);
    return this;
  }

  public AdaptiveDeconvolutionalNetwork setEngine(String value) {
    set(engine, value);
    return this;
  }

  public AdaptiveDeconvolutionalNetwork setPartitions(int value) {
    set(partitions, value);
    return this;
  }

  public AdaptiveDeconvolutionalNetwork setSeed(long value) {
    set(seed, value);
    return this;
  }

  /** Sets every parameter that describes the layers; batch and CG settings are the first one's. */
  public AdaptiveDeconvolutionalNetwork setLayers(List<AdaptiveOptions> layers) {
    set(maps, layers.stream().mapToInt(AdaptiveOptions::maps).toArray());
    set(filterSides, layers.stream().mapToInt(AdaptiveOptions::filterSide).toArray());
    set(poolSides, layers.stream().mapToInt(l -> l.pool().rows()).toArray());
    set(poolMaps, layers.stream().mapToInt(l -> l.pool().maps()).toArray());
    set(lambdas, layers.stream().mapToDouble(AdaptiveOptions::lambda).toArray());
    set(steps, layers.stream().mapToDouble(AdaptiveOptions::step).toArray());
    set(iterations, layers.stream().mapToInt(AdaptiveOptions::iterations).toArray());
    set(epochs, layers.stream().mapToInt(AdaptiveOptions::epochs).toArray());
    set(batchSize, layers.get(0).batchSize());
    set(cgSteps, layers.get(0).cgSteps());
    return this;
  }

  /** Hears about progress on the driver; not a parameter, not saved. */
  public AdaptiveDeconvolutionalNetwork setListener(TrainingListener value) {
    listener = value;
    return this;
  }

  /**
   * Leaves checkpoints, and goes on from one that an earlier fit with the same parameters and
   * images left. Not a parameter, not saved: it says where, not what.
   */
  public AdaptiveDeconvolutionalNetwork setCheckpointing(Checkpointing value) {
    checkpointing = value;
    return this;
  }

  /** The layers that the parameters describe, checked. */
  public List<AdaptiveOptions> toOptions() {
    int depth = $(maps).length;
    List<AdaptiveOptions> layers = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      int side = PerLayer.at($(poolSides), l, depth, "poolSides");
      layers.add(
          new AdaptiveOptions(
              $(maps)[l],
              PerLayer.at($(filterSides), l, depth, "filterSides"),
              new PoolSize(side, side, PerLayer.at($(poolMaps), l, depth, "poolMaps")),
              PerLayer.at($(lambdas), l, depth, "lambdas"),
              PerLayer.at($(iterations), l, depth, "iterations"),
              PerLayer.at($(epochs), l, depth, "epochs"),
              (Integer) $(batchSize),
              (Integer) $(cgSteps),
              PerLayer.at($(steps), l, depth, "steps")));
    }
    return layers;
  }

  @Override
  public AdaptiveDeconvolutionalNetworkModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<AdaptiveOptions> layers = toOptions();
    UsableRows usable = usable(dataset).requireAny();
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    TrainedNetwork<AdaptiveNetwork> trained =
        new LayerwiseTraining(context, $(engine), listener, checkpointing)
            .train(
                images(usable),
                partitionsOf(context),
                AdaptiveNetworkLearning.of(layers, new BreezeConjugateGradient(), (Long) $(seed)));
    AdaptiveDeconvolutionalNetworkModel model =
        new AdaptiveDeconvolutionalNetworkModel(
            uid, trained.network(), trained.withLeftOut(usable.reportLeftOut()));
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  /**
   * Learns filters of the same layers, each to reconstruct the pooled maps of the layer below in
   * place of the image: an ablation of the 2011 paper, {@link
   * org.deconvnet.network.adaptive.LayerBelowInference}.
   */
  public AdaptiveNetwork fitToLayersBelow(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    UsableRows usable = usable(dataset).requireAny();
    AdaptiveNetwork network =
        new LayerwiseTraining(context, $(engine), listener)
            .train(
                images(usable),
                partitionsOf(context),
                AdaptiveNetworkLearning.toLayersBelow(
                    toOptions(), new BreezeConjugateGradient(), (Long) $(seed)))
            .network();
    usable.reportLeftOut();
    return network;
  }

  private int partitionsOf(JavaSparkContext context) {
    int asked = (Integer) $(partitions);
    return asked > 0 ? asked : context.defaultParallelism();
  }

  private UsableRows usable(Dataset<?> dataset) {
    return new UsableRows(dataset, invalid, this, $(invalid.idCol), $(inputCol));
  }

  private static JavaRDD<AdaptiveImage> images(UsableRows usable) {
    return usable
        .rows()
        .map(
            (Row row) ->
                new AdaptiveImage(
                    row.getString(0), FeatureMapsColumn.fromRow(row.getStruct(1)), List.of()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(inputCol), FeatureMapsColumn.DENSE, uid);
    Columns.require(schema, $(invalid.idCol), DataTypes.StringType, uid);
    return LayeredModel.withLayerColumns(schema, $(maps).length, FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public AdaptiveDeconvolutionalNetwork copy(ParamMap extra) {
    AdaptiveDeconvolutionalNetwork copy = defaultCopy(extra);
    return copy.setListener(listener).setCheckpointing(checkpointing);
  }

  public static MLReader<AdaptiveDeconvolutionalNetwork> read() {
    return new DefaultParamsReader<>();
  }

  public static AdaptiveDeconvolutionalNetwork load(String path) throws IOException {
    return read().load(path);
  }
}
