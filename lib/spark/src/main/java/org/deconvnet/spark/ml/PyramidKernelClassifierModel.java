package org.deconvnet.spark.ml;

import java.io.IOException;
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
import org.apache.spark.ml.param.DoubleParam;
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
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.BinaryMachine;
import org.deconvnet.classify.KernelSum;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.classify.PyramidKernel;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.columns.HistogramColumn;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Predicts classes with a weighted sum of exact kernels: scores, the class's number and its name. A
 * row without features gets nulls ({@code handleInvalid}). Thread-safe.
 */
public final class PyramidKernelClassifierModel extends Model<PyramidKernelClassifierModel>
    implements KernelParams<PyramidKernelClassifierModel>, MLWritable {
  private static final long serialVersionUID = 1;

  private static final StructType IMAGES =
      new StructType()
          .add("kernel", DataTypes.IntegerType, false)
          .add("number", DataTypes.IntegerType, false)
          .add("pyramid", new VectorUDT(), false);
  private static final StructType MACHINES =
      new StructType()
          .add("class", DataTypes.IntegerType, false)
          .add("bias", DataTypes.DoubleType, false)
          .add("coefficients", new VectorUDT(), false);

  private final String uid;
  private final transient List<List<SparseHistogram>> images;
  private final transient OneVersusRest machines;

  /**
   * @param names null for a model whose parameters are set from elsewhere
   * @param images the training images' pyramids, (kernel, image)
   */
  PyramidKernelClassifierModel(
      String uid,
      String[] names,
      double[] factors,
      List<List<SparseHistogram>> images,
      OneVersusRest machines) {
    this.uid = uid;
    this.images = images;
    this.machines = machines;
    Defaults.ofKernels(this);
    if (names != null) {
      set(classes(), names);
      set(factors(), factors);
      set(scale(), machines.kernelScale());
    }
  }

  @Override
  public String uid() {
    return uid;
  }

  // What was learned has no setters: other values would be another model.

  public StringArrayParam classes() {
    return Declared.texts(
        this, "classes", "class names in the order of the scores", Takes.className());
  }

  public String[] getClasses() {
    return $(classes());
  }

  public DoubleArrayParam factors() {
    return Declared.numbers(this, "factors", "what each kernel is multiplied by", Takes.positive());
  }

  public double[] getFactors() {
    return $(factors());
  }

  public DoubleParam scale() {
    return Declared.number(this, "scale", "what their sum is multiplied by", Takes.positive());
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
    return Kernels.schema(schema, this, getClasses());
  }

  /** What one task needs to score vectors. */
  private record Scorer(
      PyramidKernel[] kernels,
      double[] factors,
      List<List<SparseHistogram>> images,
      OneVersusRest machines,
      int classes)
      implements java.io.Serializable {
    /** A class without a training image has no machine and never wins. */
    double[] scores(Row row, int[] inputs) {
      float[][] rows = new float[kernels.length][];
      double[] ones = new double[kernels.length];
      Arrays.fill(ones, 1);
      for (int v = 0; v < rows.length; v++) {
        rows[v] =
            kernels[v].row(HistogramColumn.fromVector((Vector) row.get(inputs[v])), images.get(v));
      }
      float[] sum = new KernelSum(factors, ones).row(rows);
      double[] all = new double[classes];
      Arrays.fill(all, Double.NEGATIVE_INFINITY);
      double[] scores = machines.scores(sum);
      int[] numbers = machines.classes();
      for (int m = 0; m < scores.length; m++) {
        all[numbers[m]] = scores[m];
      }
      return all;
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
                new Scorer(Kernels.of(this), getFactors(), images, machines, getClasses().length));
    int added = out.length() - dataset.schema().length();
    RowCheck check = RowCheck.of(dataset.schema(), this, getFeaturesCols());
    Predictions answers = Predictions.of(this, getClasses());
    return PartitionLoop.over(
        dataset,
        out,
        rows -> check.append(rows, added, row -> answers.of(scorer.value().scores(row, inputs))));
  }

  @Override
  public PyramidKernelClassifierModel copy(ParamMap extra) {
    PyramidKernelClassifierModel copy =
        new PyramidKernelClassifierModel(uid, null, null, images, machines);
    return copyValues(copy.setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<PyramidKernelClassifierModel> read() {
    return new Reader();
  }

  public static PyramidKernelClassifierModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final PyramidKernelClassifierModel model;

    Writer(PyramidKernelClassifierModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      for (int v = 0; v < model.images.size(); v++) {
        sparkSession()
            .createDataFrame(rows(v, model.images.get(v)), IMAGES)
            .write()
            .mode("append")
            .parquet(path + "/images");
      }
      List<Row> machines = new ArrayList<>();
      int[] numbers = model.machines.classes();
      for (BinaryMachine machine : model.machines.machines()) {
        Vector coefficients = Vectors.dense(machine.alphaTimesLabel()).compressed();
        machines.add(RowFactory.create(numbers[machines.size()], machine.bias(), coefficients));
      }
      sparkSession().createDataFrame(machines, MACHINES).write().parquet(path + "/machines");
    }

    private static List<Row> rows(int kernel, List<SparseHistogram> images) {
      List<Row> rows = new ArrayList<>();
      for (SparseHistogram image : images) {
        rows.add(RowFactory.create(kernel, rows.size(), HistogramColumn.toVector(image)));
      }
      return rows;
    }
  }

  private static final class Reader extends MLReader<PyramidKernelClassifierModel> {
    @Override
    public PyramidKernelClassifierModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), PyramidKernelClassifierModel.class.getName());
      PyramidKernelClassifierModel settings =
          new PyramidKernelClassifierModel(metadata.uid(), null, null, List.of(), null);
      metadata.getAndSetParams(settings, metadata.getAndSetParams$default$2());
      int kernels = Kernels.of(settings).length;
      PyramidKernelClassifierModel model =
          new PyramidKernelClassifierModel(
              metadata.uid(),
              null,
              null,
              images(sparkSession(), path, kernels),
              machines(sparkSession(), path, settings.getScale()));
      return settings.copyValues(model, ParamMap.empty());
    }

    private static List<List<SparseHistogram>> images(
        SparkSession spark, String path, int kernels) {
      Dataset<Row> all = spark.read().parquet(path + "/images");
      List<List<SparseHistogram>> images = new ArrayList<>();
      for (int v = 0; v < kernels; v++) {
        images.add(
            all.where("kernel = " + v).orderBy("number").collectAsList().stream()
                .map(row -> HistogramColumn.fromVector((Vector) row.get(2)))
                .toList());
      }
      return images;
    }

    private static OneVersusRest machines(SparkSession spark, String path, double scale) {
      List<Row> rows = spark.read().parquet(path + "/machines").orderBy("class").collectAsList();
      BinaryMachine[] machines =
          rows.stream()
              .map(row -> new BinaryMachine(((Vector) row.get(2)).toArray(), row.getDouble(1)))
              .toArray(BinaryMachine[]::new);
      return new OneVersusRest(
          rows.stream().mapToInt(row -> row.getInt(0)).toArray(), machines, scale);
    }
  }
}
