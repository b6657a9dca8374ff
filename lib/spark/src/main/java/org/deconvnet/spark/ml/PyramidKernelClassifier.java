package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.KernelSum;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.HistogramColumn;
import org.deconvnet.spark.exec.KernelMachines;

/**
 * One-versus-rest support vector machines on a weighted sum of exact kernels, one for each column
 * of pyramids ({@link KernelSum}): how layers, codings and features are combined. With several
 * candidates C, cross-validation on the training images chooses. Memory as {@link KernelMachines}
 * says: for up to a few thousand images. Beyond, use {@link IntersectionLinearClassifier}.
 *
 * <p>The model adds scores, the class with the largest as a number, and its name. Classes that come
 * as names are numbered in sorted order. Spark's evaluators want numbers: let StringIndexer make
 * them, learn from them, and evaluate against them.
 *
 * <pre>{@code
 * PyramidKernelClassifier classifier = new PyramidKernelClassifier().setLabelCol("labelIndex");
 * Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
 *     new StringIndexer().setInputCol("label").setOutputCol("labelIndex"),
 *     new ImagePreprocessor().setHandleInvalid("skip"), // evaluators take no null
 *     network, encoder, classifier});
 * CrossValidatorModel best = new CrossValidator().setEstimator(pipeline)
 *     .setEvaluator(new MulticlassClassificationEvaluator().setLabelCol("labelIndex"))
 *     .setEstimatorParamMaps(new ParamMap[] {
 *         new ParamMap().put(classifier.c(), new double[] {1}),
 *         new ParamMap().put(classifier.c(), new double[] {10})})
 *     .fit(images);
 * }</pre>
 *
 * <p>Rows without features, an id or a label are left out and counted ({@code handleInvalid}).
 */
public final class PyramidKernelClassifier extends Estimator<PyramidKernelClassifierModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final KernelParams shared;
  private final Param<String> labelCol;
  private final DoubleArrayParam c;
  private final IntParam folds;
  private final Param<String> engine;

  public PyramidKernelClassifier() {
    this(Identifiable$.MODULE$.randomUID("pyramidKernelClassifier"));
  }

  public PyramidKernelClassifier(String uid) {
    this.uid = uid;
    shared = new KernelParams(this);
    labelCol = TrainingClasses.labelCol(this);
    c = new DoubleArrayParam(this, "c", "candidates for the penalty C of the SVM (> 0)");
    folds = new IntParam(this, "folds", "folds that choose among them", ParamValidators.gtEq(2));
    engine = new Param<>(this, "engine", "convolution engine: auto, vector or scalar");
    setDefault(engine, "auto");
    setDefault(shared.featuresCols, new String[] {"features"});
    setDefault(shared.kernels, new String[] {"intersection"});
    setDefault(shared.weights, new double[] {1});
    setDefault(labelCol, "label");
    setDefault(c, new double[] {10});
    setDefault(folds, 3);
  }

  @Override
  public String uid() {
    return uid;
  }

  public StringArrayParam featuresCols() {
    return shared.featuresCols;
  }

  public StringArrayParam kernels() {
    return shared.kernels;
  }

  public DoubleArrayParam weights() {
    return shared.weights;
  }

  public Param<String> rawPredictionCol() {
    return shared.prediction.rawPredictionCol;
  }

  public Param<String> predictionCol() {
    return shared.prediction.predictionCol;
  }

  public Param<String> predictedLabelCol() {
    return shared.prediction.predictedLabelCol;
  }

  public String getRawPredictionCol() {
    return $(shared.prediction.rawPredictionCol);
  }

  public String getPredictionCol() {
    return $(shared.prediction.predictionCol);
  }

  public String getPredictedLabelCol() {
    return $(shared.prediction.predictedLabelCol);
  }

  public PyramidKernelClassifier setRawPredictionCol(String value) {
    set(shared.prediction.rawPredictionCol, value);
    return this;
  }

  public PyramidKernelClassifier setPredictionCol(String value) {
    set(shared.prediction.predictionCol, value);
    return this;
  }

  public PyramidKernelClassifier setPredictedLabelCol(String value) {
    set(shared.prediction.predictedLabelCol, value);
    return this;
  }

  public Param<String> labelCol() {
    return labelCol;
  }

  public Param<String> idCol() {
    return shared.invalid.idCol;
  }

  public Param<String> handleInvalid() {
    return shared.invalid.handleInvalid;
  }

  public String getHandleInvalid() {
    return $(shared.invalid.handleInvalid);
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  public PyramidKernelClassifier setHandleInvalid(String value) {
    set(shared.invalid.handleInvalid, value);
    return this;
  }

  /** The column that names rows in messages. */
  public PyramidKernelClassifier setIdCol(String value) {
    set(shared.invalid.idCol, value);
    return this;
  }

  public String getLabelCol() {
    return $(labelCol);
  }

  /** A column of class names, or of numbers as StringIndexer makes them. */
  public PyramidKernelClassifier setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  public DoubleArrayParam c() {
    return c;
  }

  public IntParam folds() {
    return folds;
  }

  public Param<String> engine() {
    return engine;
  }

  /** What computes the kernel matrices; all engines give the same bits. */
  public PyramidKernelClassifier setEngine(String value) {
    set(engine, value);
    return this;
  }

  /** Candidates for C. */
  public PyramidKernelClassifier setC(double... values) {
    set(c, values);
    return this;
  }

  public PyramidKernelClassifier setFolds(int value) {
    set(folds, value);
    return this;
  }

  /** Adds a column of pyramids to those set so far; the first call replaces the default. */
  public PyramidKernelClassifier addKernel(String column, PyramidKernel kernel, double weight) {
    boolean first = !isSet(shared.featuresCols);
    set(shared.featuresCols, plus(first ? new String[0] : $(shared.featuresCols), column));
    set(shared.kernels, plus(first ? new String[0] : $(shared.kernels), KernelParams.name(kernel)));
    set(
        shared.weights,
        DoubleStream.concat(
                first ? DoubleStream.empty() : Arrays.stream($(shared.weights)),
                DoubleStream.of(weight))
            .toArray());
    return this;
  }

  private static String[] plus(String[] values, String value) {
    String[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = value;
    return more;
  }

  @Override
  public PyramidKernelClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<Row> rows = trainingRows(dataset);
    StructField labelled = dataset.schema().apply($(labelCol));
    List<Object> values = rows.stream().map(row -> row.get(1)).toList();
    TrainingClasses classes = TrainingClasses.of(labelled, values, uid);
    int[] labels = values.stream().mapToInt(classes::numberOf).toArray();
    KernelMachines machines =
        new KernelMachines(
            JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()), $(engine));
    PyramidKernel[] kernels = shared.kernels(this);
    List<List<SparseHistogram>> images = new ArrayList<>();
    float[][][] grams = new float[kernels.length][][];
    for (int v = 0; v < kernels.length; v++) {
      images.add(column(rows, v));
      grams[v] = machines.gram(kernels[v], images.get(v));
    }
    KernelSum sum = KernelSum.of($(shared.weights), grams);
    float[][] gram = sum.rows(grams);
    List<Double> candidates = DoubleStream.of($(c)).boxed().toList();
    double chosen = machines.chooseC(gram, labels, candidates, (Integer) $(folds));
    OneVersusRest all = machines.train(gram, labels, KernelMachines.withC(chosen));
    PyramidKernelClassifierModel model =
        new PyramidKernelClassifierModel(uid, classes.namesByNumber(), sum.factors(), images, all);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  private static List<SparseHistogram> column(List<Row> rows, int kernel) {
    return rows.stream()
        .map(row -> HistogramColumn.fromVector((Vector) row.get(2 + kernel)))
        .toList();
  }

  /** Sorted by id, so that no partitioning changes the machines. */
  private List<Row> trainingRows(Dataset<?> dataset) {
    List<String> columns = new ArrayList<>(List.of($(shared.invalid.idCol), $(labelCol)));
    columns.addAll(List.of($(shared.featuresCols)));
    UsableRows usable =
        new UsableRows(dataset, shared.invalid, this, columns.toArray(String[]::new));
    List<Row> rows = new ArrayList<>(usable.requireAny(usable.rows().collect()));
    usable.reportLeftOut();
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    return rows;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(shared.invalid.idCol), DataTypes.StringType, uid);
    TrainingClasses.requireColumn(schema, $(labelCol), uid);
    return shared.output(schema, this);
  }

  @Override
  public PyramidKernelClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<PyramidKernelClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static PyramidKernelClassifier load(String path) throws IOException {
    return read().load(path);
  }
}
