package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.dictionary.ConnectivityPlan;
import org.deconvnet.dictionary.FilterStep;
import org.deconvnet.learn.TrainingListener;
import org.deconvnet.network.deconvolutional.DeconvolutionalImage;
import org.deconvnet.network.deconvolutional.DeconvolutionalNetworkLearning;
import org.deconvnet.network.deconvolutional.DeconvolutionalOptions;
import org.deconvnet.network.deconvolutional.DeconvolutionalStack;
import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.exec.BreezeFilterStep;
import org.deconvnet.spark.exec.Checkpointing;
import org.deconvnet.spark.exec.LayerwiseTraining;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.tensor.Checks;

/**
 * Learns the filters of the deconvolutional network of 2010 (Zeiler, Krishnan, Taylor and Fergus,
 * CVPR 2010) without labels. Layer l reconstructs the rescaled codes of the layer below, the image
 * for layer 1:
 *
 * <pre>λ/2 Σ_c ‖ Σ_k g[k,c] (z_k ⊛ f[k,c]) − z_{c,l−1} ‖² + κ Σ_k |z_k|^α</pre>
 *
 * <p>Input: a column of images ({@link FeatureMapsColumn#DENSE}, sizes may differ) and a column of
 * unique ids, which decide batches. Rows without an image or an id are left out and counted ({@code
 * handleInvalid}, {@link TrainedNetwork#leftOut}). Array parameters hold one value a layer, or one
 * for all.
 */
public final class DeconvolutionalNetwork extends Estimator<DeconvolutionalNetworkModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final InvalidRowParams invalid;
  private final Param<String> engine;
  private final IntArrayParam maps;
  private final IntArrayParam filterSides;
  private final StringArrayParam connectivities;
  private final StringArrayParam filterSteps;
  private final DoubleArrayParam lambdas;
  private final DoubleArrayParam kappas;
  private final DoubleArrayParam alphas;
  private final IntArrayParam epochs;
  private final DoubleArrayParam betas;
  private final IntParam batchSize;
  private final DoubleParam memory;
  private final IntParam cgSteps;
  private final IntParam passes;
  private final IntParam partitions;
  private final LongParam seed;
  private transient TrainingListener listener = TrainingListener.SILENT;
  private transient Checkpointing checkpointing = Checkpointing.NONE;

  public DeconvolutionalNetwork() {
    this(Identifiable$.MODULE$.randomUID("deconvolutionalNetwork"));
  }

  public DeconvolutionalNetwork(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "column of preprocessed images");
    invalid = new InvalidRowParams(this);
    engine = new Param<>(this, "engine", "convolution engine: auto, vector or scalar");
    maps = new IntArrayParam(this, "maps", "feature maps K of each layer");
    filterSides = new IntArrayParam(this, "filterSides", "rows and columns of a filter");
    connectivities =
        new StringArrayParam(
            this, "connectivities", "full, singlesAndPairs, randomPairs, or lines of 0 and 1");
    filterSteps =
        new StringArrayParam(
            this, "filterSteps", "unitSphere or leastSquares: how filters follow from codes");
    lambdas = new DoubleArrayParam(this, "lambdas", "weight of the data term");
    kappas = new DoubleArrayParam(this, "kappas", "weight of the sparsity term");
    alphas = new DoubleArrayParam(this, "alphas", "exponent of the sparsity term, in (0, 1]");
    epochs = new IntArrayParam(this, "epochs", "passes over the images");
    betas =
        new DoubleArrayParam(this, "betas", "increasing couplings of the half-quadratic splitting");
    batchSize = new IntParam(this, "batchSize", "images between filter updates (>= 1)");
    memory =
        new DoubleParam(
            this, "memory", "how much statistics of one epoch ago still count, in [0, 1)");
    cgSteps = new IntParam(this, "cgSteps", "conjugate-gradient steps for each coupling (>= 1)");
    passes = new IntParam(this, "passes", "runs of the splitting on an image at inference (>= 1)");
    partitions =
        new IntParam(this, "partitions", "partitions of a batch; 0: Spark's default parallelism");
    seed = new LongParam(this, "seed", "decides every random number");
    setDefaults();
  }

  private void setDefaults() {
    DeconvolutionalOptions layer = DeconvolutionalOptions.DEFAULTS;
    setDefault(inputCol, "image");
    setDefault(engine, "auto");
    setDefault(maps, new int[] {layer.maps()});
    setDefault(filterSides, new int[] {layer.filterSide()});
    setDefault(connectivities, new String[] {layer.connectivity().text()});
    setDefault(filterSteps, new String[] {layer.filterStep().text()});
    setDefault(lambdas, new double[] {layer.lambda()});
    setDefault(kappas, new double[] {layer.kappa()});
    setDefault(alphas, new double[] {layer.alpha()});
    setDefault(epochs, new int[] {layer.epochs()});
    setDefault(betas, toArray(layer.schedule().betas()));
    setDefault(batchSize, layer.batchSize());
    setDefault(memory, layer.memory());
    setDefault(cgSteps, layer.schedule().cgSteps());
    setDefault(passes, 1);
    setDefault(partitions, 0);
    setDefault(seed, 1L);
  }

  private static double[] toArray(List<Double> numbers) {
    return numbers.stream().mapToDouble(v -> v).toArray();
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

  public StringArrayParam connectivities() {
    return connectivities;
  }

  public StringArrayParam filterSteps() {
    return filterSteps;
  }

  public DoubleArrayParam lambdas() {
    return lambdas;
  }

  public DoubleArrayParam kappas() {
    return kappas;
  }

  public DoubleArrayParam alphas() {
    return alphas;
  }

  public IntArrayParam epochs() {
    return epochs;
  }

  public DoubleArrayParam betas() {
    return betas;
  }

  public IntParam batchSize() {
    return batchSize;
  }

  public DoubleParam memory() {
    return memory;
  }

  public IntParam cgSteps() {
    return cgSteps;
  }

  public IntParam passes() {
    return passes;
  }

  public IntParam partitions() {
    return partitions;
  }

  public LongParam seed() {
    return seed;
  }

  public DeconvolutionalNetwork setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  public DeconvolutionalNetwork setIdCol(String value) {
    set(invalid.idCol, value);
    return this;
  }

  public String getHandleInvalid() {
    return $(invalid.handleInvalid);
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  public DeconvolutionalNetwork setHandleInvalid(String value) {
    set(invalid.handleInvalid, value);
    return this;
  }

  public DeconvolutionalNetwork setEngine(String value) {
    set(engine, value);
    return this;
  }

  public DeconvolutionalNetwork setPasses(int value) {
    set(passes, value);
    return this;
  }

  public DeconvolutionalNetwork setPartitions(int value) {
    set(partitions, value);
    return this;
  }

  public DeconvolutionalNetwork setSeed(long value) {
    set(seed, value);
    return this;
  }

  /** Sets every parameter that describes the layers; what all share is the first one's. */
  public DeconvolutionalNetwork setLayers(List<DeconvolutionalOptions> layers) {
    set(maps, layers.stream().mapToInt(DeconvolutionalOptions::maps).toArray());
    set(filterSides, layers.stream().mapToInt(DeconvolutionalOptions::filterSide).toArray());
    set(connectivities, layers.stream().map(l -> l.connectivity().text()).toArray(String[]::new));
    set(filterSteps, layers.stream().map(l -> l.filterStep().text()).toArray(String[]::new));
    set(lambdas, layers.stream().mapToDouble(DeconvolutionalOptions::lambda).toArray());
    set(kappas, layers.stream().mapToDouble(DeconvolutionalOptions::kappa).toArray());
    set(alphas, layers.stream().mapToDouble(DeconvolutionalOptions::alpha).toArray());
    set(epochs, layers.stream().mapToInt(DeconvolutionalOptions::epochs).toArray());
    set(betas, toArray(layers.get(0).schedule().betas()));
    set(cgSteps, layers.get(0).schedule().cgSteps());
    set(batchSize, layers.get(0).batchSize());
    set(memory, layers.get(0).memory());
    return this;
  }

  /** Hears about progress on the driver; not a parameter, not saved. */
  public DeconvolutionalNetwork setListener(TrainingListener value) {
    listener = value;
    return this;
  }

  /**
   * Leaves checkpoints, and goes on from one that an earlier fit with the same parameters and
   * images left. Not a parameter, not saved: it says where, not what.
   */
  public DeconvolutionalNetwork setCheckpointing(Checkpointing value) {
    checkpointing = value;
    return this;
  }

  /** The layers that the parameters describe, checked. */
  public List<DeconvolutionalOptions> toOptions() {
    int depth = $(maps).length;
    Checks.atLeast("maps: number of layers", 1, depth);
    BetaSchedule schedule =
        new BetaSchedule(
            Arrays.stream($(betas)).boxed().toList(), (Integer) $(cgSteps), BetaSchedule.TOLERANCE);
    List<DeconvolutionalOptions> layers = new ArrayList<>();
    for (int l = 0; l < depth; l++) {
      layers.add(
          new DeconvolutionalOptions(
              $(maps)[l],
              PerLayer.at($(filterSides), l, depth, "filterSides"),
              ConnectivityPlan.parse(PerLayer.at($(connectivities), l, depth, "connectivities")),
              PerLayer.at($(lambdas), l, depth, "lambdas"),
              PerLayer.at($(kappas), l, depth, "kappas"),
              PerLayer.at($(alphas), l, depth, "alphas"),
              PerLayer.at($(epochs), l, depth, "epochs"),
              (Integer) $(batchSize),
              (Double) $(memory),
              FilterStep.Kind.parse(PerLayer.at($(filterSteps), l, depth, "filterSteps")),
              schedule));
    }
    return layers;
  }

  @Override
  public DeconvolutionalNetworkModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    UsableRows usable =
        new UsableRows(dataset, invalid, this, $(invalid.idCol), $(inputCol)).requireAny();
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    int asked = (Integer) $(partitions);
    TrainedNetwork<DeconvolutionalStack> trained =
        new LayerwiseTraining(context, $(engine), listener, checkpointing)
            .train(
                images(usable),
                asked > 0 ? asked : context.defaultParallelism(),
                DeconvolutionalNetworkLearning.of(
                    toOptions(), (Integer) $(passes), BreezeFilterStep::of, (Long) $(seed)));
    DeconvolutionalNetworkModel model =
        new DeconvolutionalNetworkModel(
            uid, trained.network(), trained.withLeftOut(usable.reportLeftOut()));
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  private static JavaRDD<DeconvolutionalImage> images(UsableRows usable) {
    return usable
        .rows()
        .map(
            (Row row) ->
                new DeconvolutionalImage(
                    row.getString(0), FeatureMapsColumn.fromRow(row.getStruct(1))));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(inputCol), FeatureMapsColumn.DENSE, uid);
    Columns.require(schema, $(invalid.idCol), DataTypes.StringType, uid);
    requireLayersThatFit();
    return LayeredModel.withLayerColumns(schema, $(maps).length, FeatureMapsColumn.DENSE, uid);
  }

  /** As far as can be told without an image: a pipeline asks before its first stage works. */
  private void requireLayersThatFit() {
    List<DeconvolutionalOptions> layers = toOptions();
    Checks.atLeast("passes", 1, (Integer) $(passes));
    DeconvolutionalOptions.connect(layers.subList(1, layers.size()), layers.get(0).maps(), 0);
  }

  @Override
  public DeconvolutionalNetwork copy(ParamMap extra) {
    DeconvolutionalNetwork copy = defaultCopy(extra);
    return copy.setListener(listener).setCheckpointing(checkpointing);
  }

  public static MLReader<DeconvolutionalNetwork> read() {
    return new DefaultParamsReader<>();
  }

  public static DeconvolutionalNetwork load(String path) throws IOException {
    return read().load(path);
  }
}
