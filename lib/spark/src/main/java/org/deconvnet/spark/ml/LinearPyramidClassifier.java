package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.JoinedVectors;
import org.deconvnet.classify.LinearMachine;
import org.deconvnet.classify.LinearSvm;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.exec.LinearMachines;
import org.deconvnet.tensor.UserErrorException;

/**
 * One-versus-rest linear support vector machines on one or more columns of sparse pyramids ({@link
 * org.deconvnet.classify.LinearSvm}), for maxima of sparse codes. Each column counts by its weight,
 * after its vectors are brought to a mean squared length of 1. Training takes time and memory in
 * proportion to the pyramids' entries; {@link LinearMachines} says how much. No matrix of pairs of
 * images is made. Labels, columns of the model and rows without features, an id or a label are as
 * with {@link PyramidKernelClassifier}.
 */
public final class LinearPyramidClassifier extends Estimator<LinearPyramidClassifierModel>
    implements PyramidColumnsParams<LinearPyramidClassifier>,
        LabelParam<LinearPyramidClassifier>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  public LinearPyramidClassifier() {
    this(Identifiable$.MODULE$.randomUID("linearPyramidClassifier"));
  }

  public LinearPyramidClassifier(String uid) {
    this.uid = uid;
    Defaults.ofPyramidColumns(this);
    Defaults.ofLabels(this);
    setDefault(c(), LinearSvm.C);
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

  public LinearPyramidClassifier setC(double value) {
    return Fluent.set(this, c(), value);
  }

  @Override
  public LinearPyramidClassifierModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<Row> rows = PyramidColumns.trainingRows(dataset, this);
    List<Object> values = rows.stream().map(row -> row.get(1)).toList();
    TrainingClasses classes =
        TrainingClasses.of(dataset.schema().apply(getLabelCol()), values, uid);
    int[] labels = values.stream().mapToInt(classes::numberOf).toArray();
    int[] inputs = IntStream.range(2, 2 + getFeaturesCols().length).toArray();
    List<List<SparseHistogram>> images =
        rows.stream().map(row -> PyramidColumns.of(row, inputs)).toList();
    JoinedVectors joined = JoinedVectors.of(getWeights(), meanSquares(images));
    List<LinearMachine> machines =
        new LinearMachines(JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext()))
            .train(images.stream().map(joined::join).toList(), labels, getC());
    LinearPyramidClassifierModel model =
        new LinearPyramidClassifierModel(
            uid,
            classes.namesByNumber(),
            LinearMachines.classes(labels),
            joined.factors(),
            machines);
    return copyValues(model.setParent(this), ParamMap.empty());
  }

  /**
   * Of each column.
   *
   * @param images (image, column)
   */
  private double[] meanSquares(List<List<SparseHistogram>> images) {
    double[] means = new double[getFeaturesCols().length];
    for (int v = 0; v < means.length; v++) {
      double sum = 0;
      for (List<SparseHistogram> image : images) {
        for (float value : image.get(v).values()) {
          sum += (double) value * value;
        }
      }
      if (sum == 0) {
        throw new UserErrorException(
            "%s: column '%s': expected pyramids that are not all zero, got none"
                .formatted(uid, getFeaturesCols()[v]));
      }
      means[v] = sum / images.size();
    }
    return means;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getIdCol(), DataTypes.StringType, uid);
    TrainingClasses.requireColumn(schema, getLabelCol(), uid);
    return PyramidColumns.schema(schema, this);
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public LinearPyramidClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<LinearPyramidClassifier> read() {
    return new DefaultParamsReader<>();
  }

  public static LinearPyramidClassifier load(String path) throws IOException {
    return read().load(path);
  }
}
