package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.classify.IntersectionFeatureMap;
import org.deconvnet.spark.exec.Mapped;

/**
 * One-versus-rest linear support vector machines on an explicit feature map of the intersection
 * kernel: for corpora whose Gram matrix would not fit. Training is MLlib's and distributed over
 * images. Vectors are scaled to a mean squared length of 1 first, as the exact classifier scales
 * its kernel.
 */
public final class IntersectionLinearClassifier extends Estimator<IntersectionLinearClassifierModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  static final String MAPPED = "mapped";
  static final String NUMBER = "number";
  static final String ANSWER = "answer";
  static final IntersectionFeatureMap MAP = new IntersectionFeatureMap(1);

  private final String uid;
  private final ClassifierParams shared;
  private final DoubleParam c;

  public IntersectionLinearClassifier() {
    this(Identifiable$.MODULE$.randomUID("intersectionLinearClassifier"));
  }

  public IntersectionLinearClassifier(String uid) {
    this.uid = uid;
    shared = new ClassifierParams(this);
    c = new DoubleParam(this, "c", "penalty C of the SVM (> 0)", ParamValidators.gt(0));
    setDefault(shared.featuresCol, "features");
    setDefault(shared.labelCol, "label");
    setDefault(shared.predictionCol, "prediction");
    setDefault(c, 10.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> featuresCol() {
    return shared.featuresCol;
  }

  public Param<String> labelCol() {
    return shared.labelCol;
  }

  public Param<String> predictionCol() {
    return shared.predictionCol;
  }

  public DoubleParam c() {
    return c;
  }

  public IntersectionLinearClassifier setC(double value) {
    set(c, value);
    return this;
  }

  @Override
  public IntersectionLinearClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Dataset<Row> training = dataset.toDF().select($(shared.labelCol), $(shared.featuresCol));
    String[] labels =
        training.select($(shared.labelCol)).distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .toArray(String[]::new);
    Map<String, Integer> numbers = ClassifierParams.numbered(labels, uid);
    double scale = 1 / Math.sqrt(meanIntersection(training));
    Dataset<Row> mapped = mapped(training, numbers, scale).persist(StorageLevel.MEMORY_AND_DISK());
    long images = mapped.count();
    // MLlib's penalty is on the mean loss: regParam = 1 / (C n).
    LinearSVC svm = new LinearSVC().setRegParam(1 / ((Double) $(c) * images)).setMaxIter(100);
    OneVsRestModel machines =
        new OneVsRest()
            .setClassifier(svm)
            .setFeaturesCol(MAPPED)
            .setLabelCol(NUMBER)
            .setPredictionCol(ANSWER)
            .fit(mapped);
    mapped.unpersist();
    IntersectionLinearClassifierModel model =
        new IntersectionLinearClassifierModel(
            uid, numbers.keySet().toArray(String[]::new), scale, machines);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  /** Mean of k(x, x) = Σ x_i. */
  private static double meanIntersection(Dataset<Row> training) {
    return training
        .toJavaRDD()
        .mapToDouble(row -> Arrays.stream(((Vector) row.get(1)).toSparse().values()).sum())
        .mean();
  }

  private static Dataset<Row> mapped(
      Dataset<Row> training, Map<String, Integer> numbers, double scale) {
    StructType schema =
        new StructType()
            .add(NUMBER, DataTypes.DoubleType, false)
            .add(MAPPED, new VectorUDT(), false);
    return training.mapPartitions(
        (Iterator<Row> rows) ->
            new Mapped<>(
                rows,
                row ->
                    RowFactory.create(
                        (double) numbers.get(row.getString(0)),
                        mappedVector((Vector) row.get(1), scale))),
        Encoders.row(schema));
  }

  static Vector mappedVector(Vector features, double scale) {
    Vector mapped = HistogramColumn.toVector(MAP.map(HistogramColumn.fromVector(features)));
    double[] values = mapped.toSparse().values();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return mapped;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    shared.checkTraining(schema, this);
    return shared.output(schema, this);
  }

  @Override
  public IntersectionLinearClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<IntersectionLinearClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static IntersectionLinearClassifier load(String path) throws IOException {
    return read().load(path);
  }
}
