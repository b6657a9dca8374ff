package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.OneVsRestModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Predicts classes with linear machines on the explicit feature map: scores, the class's number and
 * its name. A row without features gets nulls ({@code handleInvalid}). Thread-safe.
 */
public final class IntersectionLinearClassifierModel
    extends Model<IntersectionLinearClassifierModel>
    implements FeaturesParams<IntersectionLinearClassifierModel>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final transient OneVsRestModel machines;

  IntersectionLinearClassifierModel(
      String uid, String[] names, int[] numbers, double scaling, OneVsRestModel machines) {
    this.uid = uid;
    this.machines = machines;
    Defaults.ofFeatures(this);
    if (names != null) {
      set(classes(), names);
      set(trained(), numbers);
      set(scale(), scaling);
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  // What was learned has no setters: other values would be another model.

  public StringArrayParam classes() {
    return Declared.texts(
        this, "classes", "class names in the order of their numbers", Takes.className());
  }

  public String[] getClasses() {
    return $(classes());
  }

  public IntArrayParam trained() {
    return Declared.wholes(
        this, "trained", "numbers of the classes that have a machine, ascending", Takes.atLeast(0));
  }

  /** A model of an earlier version does not say: it has a machine for each class. */
  public int[] getTrained() {
    return isSet(trained()) ? $(trained()) : IntStream.range(0, getClasses().length).toArray();
  }

  public DoubleParam scale() {
    return Declared.number(
        this, "scale", "what mapped vectors are multiplied by", Takes.positive());
  }

  public double getScale() {
    return (Double) $(scale());
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, getFeaturesCol(), new VectorUDT(), uid);
    return Predictions.schema(schema, this, getClasses());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex(getFeaturesCol());
    int added = out.length() - dataset.schema().length();
    RowCheck check = RowCheck.of(dataset.schema(), this, getFeaturesCol());
    Predictions answers = Predictions.of(this, getClasses());
    Scorer scorer = scorer();
    return PartitionLoop.over(
        dataset,
        out,
        rows ->
            check.append(rows, added, row -> answers.of(scorer.scores((Vector) row.get(input)))));
  }

  private Scorer scorer() {
    LinearSVCModel[] all =
        Arrays.stream(machines.models())
            .map(LinearSVCModel.class::cast)
            .toArray(LinearSVCModel[]::new);
    return new Scorer(
        Arrays.stream(all).map(LinearSVCModel::coefficients).toArray(Vector[]::new),
        Arrays.stream(all).mapToDouble(LinearSVCModel::intercept).toArray(),
        getTrained(),
        getClasses().length,
        getScale());
  }

  /**
   * What one task needs to score vectors.
   *
   * @param numbers class of each machine
   */
  private record Scorer(
      Vector[] coefficients, double[] intercepts, int[] numbers, int classes, double scale)
      implements Serializable {
    /** A class without a training image has no machine and never wins. */
    double[] scores(Vector features) {
      Vector mapped = IntersectionLinearClassifier.mappedVector(features, scale);
      double[] scores = new double[classes];
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      for (int m = 0; m < numbers.length; m++) {
        scores[numbers[m]] = mapped.dot(coefficients[m]) + intercepts[m];
      }
      return scores;
    }
  }

  @Override
  public IntersectionLinearClassifierModel copy(ParamMap extra) {
    IntersectionLinearClassifierModel copy =
        new IntersectionLinearClassifierModel(uid, null, null, 0, machines);
    return copyValues(copy.setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<IntersectionLinearClassifierModel> read() {
    return new Reader();
  }

  public static IntersectionLinearClassifierModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final IntersectionLinearClassifierModel model;

    Writer(IntersectionLinearClassifierModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      try {
        model.machines.write().save(path + "/machines");
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write the machines to " + path, e);
      }
    }
  }

  private static final class Reader extends MLReader<IntersectionLinearClassifierModel> {
    @Override
    public IntersectionLinearClassifierModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), IntersectionLinearClassifierModel.class.getName());
      IntersectionLinearClassifierModel model =
          new IntersectionLinearClassifierModel(
              metadata.uid(), null, null, 0, OneVsRestModel.load(path + "/machines"));
      metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
      return model;
    }
  }
}
