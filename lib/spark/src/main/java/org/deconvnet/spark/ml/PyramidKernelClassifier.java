package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
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
    implements KernelParams<PyramidKernelClassifier>,
        LabelParam<PyramidKernelClassifier>,
        EngineParam<PyramidKernelClassifier>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  public PyramidKernelClassifier() {
    this(Identifiable$.MODULE$.randomUID("pyramidKernelClassifier"));
  }

  public PyramidKernelClassifier(String uid) {
    this.uid = uid;
    Defaults.ofKernels(this);
    Defaults.ofLabels(this);
    Defaults.ofEngine(this);
    setDefault(c(), new double[] {10});
    setDefault(folds(), 3);
  }

  @Override
  public String uid() {
    return uid;
  }

  public DoubleArrayParam c() {
    return Declared.numbers(this, "c", "candidates for the penalty C of the SVM", Takes.positive());
  }

  public double[] getC() {
    return $(c());
  }

  /** Candidates for C. */
  public PyramidKernelClassifier setC(double... values) {
    return Fluent.set(this, c(), values);
  }

  public IntParam folds() {
    return Declared.whole(this, "folds", "folds that choose among them", Takes.atLeast(2));
  }

  public int getFolds() {
    return (Integer) $(folds());
  }

  /** At least 2; of no effect with one candidate. */
  public PyramidKernelClassifier setFolds(int value) {
    return Fluent.set(this, folds(), value);
  }

  /** Adds a column of pyramids to those set so far; the first call replaces the default. */
  public PyramidKernelClassifier addKernel(String column, PyramidKernel kernel, double weight) {
    boolean first = !isSet(featuresCols());
    setFeaturesCols(plus(first ? new String[0] : getFeaturesCols(), column));
    setKernels(plus(first ? new String[0] : getKernels(), Kernels.name(kernel)));
    DoubleStream before = first ? DoubleStream.empty() : Arrays.stream(getWeights());
    return setWeights(DoubleStream.concat(before, DoubleStream.of(weight)).toArray());
  }

  private static String[] plus(String[] values, String value) {
    String[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = value;
    return more;
  }

  @Override
  public PyramidKernelClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<Row> rows = PyramidColumns.trainingRows(dataset, this);
    StructField labelled = dataset.schema().apply(getLabelCol());
    List<Object> values = rows.stream().map(row -> row.get(1)).toList();
    TrainingClasses classes = TrainingClasses.of(labelled, values, uid);
    int[] labels = values.stream().mapToInt(classes::numberOf).toArray();
    KernelMachines machines =
        new KernelMachines(
            JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()), getEngine());
    PyramidKernel[] kernels = Kernels.of(this);
    List<List<SparseHistogram>> images = new ArrayList<>();
    float[][][] grams = new float[kernels.length][][];
    for (int v = 0; v < kernels.length; v++) {
      images.add(column(rows, v));
      grams[v] = machines.gram(kernels[v], images.get(v));
    }
    KernelSum sum = KernelSum.of(getWeights(), grams);
    float[][] gram = sum.rows(grams);
    List<Double> candidates = DoubleStream.of(getC()).boxed().toList();
    double chosen = machines.chooseC(gram, labels, candidates, getFolds());
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

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getIdCol(), DataTypes.StringType, uid);
    TrainingClasses.requireColumn(schema, getLabelCol(), uid);
    return Kernels.schema(schema, this);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
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
