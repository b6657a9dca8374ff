package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.DoubleArrayParam;
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
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.JoinedVectors;
import org.deconvnet.classify.LinearMachine;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Predicts classes with linear machines on pyramids: scores, the class's number and its name. A row
 * without features gets nulls ({@code handleInvalid}). Thread-safe.
 */
public final class LinearPyramidClassifierModel extends Model<LinearPyramidClassifierModel>
    implements PyramidColumnsParams<LinearPyramidClassifierModel>, MLWritable {
  private static final long serialVersionUID = 1;

  private static final StructType MACHINES =
      new StructType()
          .add("class", DataTypes.IntegerType, false)
          .add("bias", DataTypes.DoubleType, false)
          .add("weights", new VectorUDT(), false);

  private final String uid;
  private final transient List<LinearMachine> machines;

  /**
   * @param names null for a model whose parameters are set from elsewhere
   * @param machines one a class that has an image
   */
  LinearPyramidClassifierModel(
      String uid, String[] names, int[] numbers, double[] factors, List<LinearMachine> machines) {
    this.uid = uid;
    this.machines = machines;
    Defaults.ofPyramidColumns(this);
    if (names != null) {
      set(classes(), names);
      set(trained(), numbers);
      set(factors(), factors);
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

  public int[] getTrained() {
    return $(trained());
  }

  public DoubleArrayParam factors() {
    return Declared.numbers(this, "factors", "what each column is multiplied by", Takes.positive());
  }

  public double[] getFactors() {
    return $(factors());
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return PyramidColumns.schema(schema, this, getClasses());
  }

  /**
   * What one task needs to score vectors.
   *
   * @param numbers class of each machine
   */
  private record Scorer(
      JoinedVectors joined, List<LinearMachine> machines, int[] numbers, int classes)
      implements Serializable {
    /** A class without a training image has no machine and never wins. */
    double[] scores(Row row, int[] inputs) {
      SparseHistogram vector = joined.join(PyramidColumns.of(row, inputs));
      double[] scores = new double[classes];
      Arrays.fill(scores, Double.NEGATIVE_INFINITY);
      for (int m = 0; m < numbers.length; m++) {
        scores[numbers[m]] = machines.get(m).score(vector);
      }
      return scores;
    }
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int[] inputs =
        Arrays.stream(getFeaturesCols()).mapToInt(dataset.schema()::fieldIndex).toArray();
    Broadcast<Scorer> scorer =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(
                new Scorer(
                    new JoinedVectors(getFactors()), machines, getTrained(), getClasses().length));
    int added = out.length() - dataset.schema().length();
    RowCheck check = RowCheck.of(dataset.schema(), this, getFeaturesCols());
    Predictions answers = Predictions.of(this, getClasses());
    return PartitionLoop.over(
        dataset,
        out,
        rows -> check.append(rows, added, row -> answers.of(scorer.value().scores(row, inputs))));
  }

  @Override
  public LinearPyramidClassifierModel copy(ParamMap extra) {
    LinearPyramidClassifierModel copy =
        new LinearPyramidClassifierModel(uid, null, null, null, machines);
    return copyValues(copy.setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<LinearPyramidClassifierModel> read() {
    return new Reader();
  }

  public static LinearPyramidClassifierModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final LinearPyramidClassifierModel model;

    Writer(LinearPyramidClassifierModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      List<Row> rows = new ArrayList<>();
      int[] numbers = model.getTrained();
      for (LinearMachine machine : model.machines) {
        rows.add(RowFactory.create(numbers[rows.size()], machine.bias(), vector(machine)));
      }
      sparkSession().createDataFrame(rows, MACHINES).write().parquet(path + "/machines");
    }

    private static Vector vector(LinearMachine machine) {
      double[] weights = new double[machine.weights().length];
      Arrays.setAll(weights, i -> machine.weights()[i]);
      return Vectors.dense(weights);
    }
  }

  private static final class Reader extends MLReader<LinearPyramidClassifierModel> {
    @Override
    public LinearPyramidClassifierModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), LinearPyramidClassifierModel.class.getName());
      List<LinearMachine> machines =
          sparkSession()
              .read()
              .parquet(path + "/machines")
              .orderBy("class")
              .collectAsList()
              .stream()
              .map(row -> new LinearMachine(weights((Vector) row.get(2)), row.getDouble(1)))
              .toList();
      LinearPyramidClassifierModel model =
          new LinearPyramidClassifierModel(metadata.uid(), null, null, null, machines);
      metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
      return model;
    }

    private static float[] weights(Vector vector) {
      float[] weights = new float[vector.size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) vector.apply(i);
      }
      return weights;
    }
  }
}
