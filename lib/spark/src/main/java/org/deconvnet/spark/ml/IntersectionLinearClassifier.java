package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.classify.IntersectionFeatureMap;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.HistogramColumn;

/**
 * One-versus-rest linear support vector machines on an explicit feature map of the intersection
 * kernel: for corpora whose Gram matrix would not fit. Training is MLlib's and distributed over
 * images. Vectors are scaled to a mean squared length of 1 first, as the exact classifier scales
 * its kernel. Labels, columns of the model and rows without features or a label are as with {@link
 * PyramidKernelClassifier}.
 */
public final class IntersectionLinearClassifier extends Estimator<IntersectionLinearClassifierModel>
    implements FeaturesParams<IntersectionLinearClassifier>, DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private static final String MAPPED = "mapped";
  private static final String NUMBER = "number";
  private static final StructType MAPPED_SCHEMA =
      new StructType().add(NUMBER, DataTypes.DoubleType, false).add(MAPPED, new VectorUDT(), false);
  static final IntersectionFeatureMap MAP = new IntersectionFeatureMap(1);

  private final String uid;

  public IntersectionLinearClassifier() {
    this(Identifiable$.MODULE$.randomUID("intersectionLinearClassifier"));
  }

  public IntersectionLinearClassifier(String uid) {
    this.uid = uid;
    Defaults.ofFeatures(this);
    setDefault(c(), 10.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  public DoubleParam c() {
    return Declared.number(this, "c", "penalty C of the SVM", Takes.positive());
  }

  public double getC() {
    return (Double) $(c());
  }

  public IntersectionLinearClassifier setC(double value) {
    return Fluent.set(this, c(), value);
  }

  @Override
  public IntersectionLinearClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    UsableRows usable = new UsableRows(dataset, this, getLabelCol(), getFeaturesCol());
    JavaRDD<Row> training = usable.rows();
    List<Object> labels = usable.requireAny(training.map(row -> row.get(0)).distinct().collect());
    usable.reportLeftOut();
    StructField labelled = dataset.schema().apply(getLabelCol());
    TrainingClasses classes = TrainingClasses.of(labelled, labels, uid);
    int[] trained = labels.stream().mapToInt(classes::numberOf).sorted().toArray();
    double scale = 1 / Math.sqrt(meanIntersection(training));
    Dataset<Row> mapped =
        dataset
            .sparkSession()
            .createDataFrame(
                training.map(row -> mapped(row, classes, trained, scale)), MAPPED_SCHEMA)
            .persist(StorageLevel.MEMORY_AND_DISK());
    long images = mapped.count();
    // MLlib's penalty is on the mean loss: regParam = 1 / (C n).
    LinearSVC svm = new LinearSVC().setRegParam(1 / (getC() * images)).setMaxIter(100);
    OneVsRestModel machines =
        new OneVsRest().setClassifier(svm).setFeaturesCol(MAPPED).setLabelCol(NUMBER).fit(mapped);
    mapped.unpersist();
    IntersectionLinearClassifierModel model =
        new IntersectionLinearClassifierModel(
            uid, classes.namesByNumber(), trained, scale, machines);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  /** Mean of k(x, x) = Σ x_i. */
  private static double meanIntersection(JavaRDD<Row> training) {
    return training
        .mapToDouble(row -> Arrays.stream(((Vector) row.get(1)).toSparse().values()).sum())
        .mean();
  }

  /** MLlib wants a machine for every number: those without an image are left out. */
  private static Row mapped(Row row, TrainingClasses classes, int[] trained, double scale) {
    double machine = Arrays.binarySearch(trained, classes.numberOf(row.get(0)));
    return RowFactory.create(machine, mappedVector((Vector) row.get(1), scale));
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
    Columns.require(schema, getFeaturesCol(), new VectorUDT(), uid);
    TrainingClasses.requireColumn(schema, getLabelCol(), uid);
    return Predictions.schema(schema, this);
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
