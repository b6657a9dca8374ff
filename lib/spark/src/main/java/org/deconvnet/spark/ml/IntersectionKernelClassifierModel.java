package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
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
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.classify.BinaryMachine;
import org.deconvnet.classify.HistogramIntersection;
import org.deconvnet.classify.OneVersusRest;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.spark.exec.Mapped;

/** Predicts class names with the exact intersection kernel. Thread-safe. */
public final class IntersectionKernelClassifierModel
    extends Model<IntersectionKernelClassifierModel> implements MLWritable {
  private static final long serialVersionUID = 1;

  private static final StructType IMAGES =
      new StructType()
          .add("number", DataTypes.IntegerType, false)
          .add("histogram", new VectorUDT(), false);
  private static final StructType MACHINES =
      new StructType()
          .add("class", DataTypes.IntegerType, false)
          .add("bias", DataTypes.DoubleType, false)
          .add("coefficients", new VectorUDT(), false);

  private final String uid;
  private final transient List<SparseHistogram> images;
  private final transient OneVersusRest machines;
  private final ClassifierParams shared;
  private final StringArrayParam classes;
  private final DoubleParam kernelScale;

  IntersectionKernelClassifierModel(
      String uid, String[] names, List<SparseHistogram> images, OneVersusRest machines) {
    this.uid = uid;
    this.images = images;
    this.machines = machines;
    shared = new ClassifierParams(this);
    classes = new StringArrayParam(this, "classes", "class names in the order of the scores");
    kernelScale = new DoubleParam(this, "kernelScale", "what kernel values are multiplied by");
    setDefault(shared.featuresCol, "features");
    setDefault(shared.labelCol, "label");
    setDefault(shared.predictionCol, "prediction");
    if (names != null) {
      set(classes, names);
      set(kernelScale, machines.kernelScale());
    }
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

  public StringArrayParam classes() {
    return classes;
  }

  public DoubleParam kernelScale() {
    return kernelScale;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return shared.output(schema, this);
  }

  /** What one task needs to score vectors. */
  private record Scorer(List<SparseHistogram> images, OneVersusRest machines, String[] classes)
      implements java.io.Serializable {
    String predict(Vector vector) {
      float[] row = HistogramIntersection.row(HistogramColumn.fromVector(vector), images);
      return classes[machines.predict(row)];
    }
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex($(shared.featuresCol));
    Broadcast<Scorer> scorer =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
            .broadcast(new Scorer(images, machines, $(classes)));
    return dataset
        .toDF()
        .mapPartitions(
            (Iterator<Row> rows) ->
                new Mapped<>(
                    rows,
                    row -> Columns.append(row, scorer.value().predict((Vector) row.get(input)))),
            Encoders.row(out));
  }

  @Override
  public IntersectionKernelClassifierModel copy(ParamMap extra) {
    IntersectionKernelClassifierModel copy =
        new IntersectionKernelClassifierModel(uid, null, images, machines);
    return copyValues(copy.setParent(parent()), extra);
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  public static MLReader<IntersectionKernelClassifierModel> read() {
    return new Reader();
  }

  public static IntersectionKernelClassifierModel load(String path) throws IOException {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final IntersectionKernelClassifierModel model;

    Writer(IntersectionKernelClassifierModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      List<Row> images = new ArrayList<>();
      for (SparseHistogram image : model.images) {
        images.add(RowFactory.create(images.size(), HistogramColumn.toVector(image)));
      }
      List<Row> machines = new ArrayList<>();
      for (BinaryMachine machine : model.machines.machines()) {
        Vector coefficients =
            org.apache.spark.ml.linalg.Vectors.dense(machine.alphaTimesLabel()).compressed();
        machines.add(RowFactory.create(machines.size(), machine.bias(), coefficients));
      }
      sparkSession().createDataFrame(images, IMAGES).write().parquet(path + "/images");
      sparkSession().createDataFrame(machines, MACHINES).write().parquet(path + "/machines");
    }
  }

  private static final class Reader extends MLReader<IntersectionKernelClassifierModel> {
    @Override
    public IntersectionKernelClassifierModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, sparkSession(), IntersectionKernelClassifierModel.class.getName());
      List<SparseHistogram> images =
          sparkSession().read().parquet(path + "/images").orderBy("number").collectAsList().stream()
              .map(row -> HistogramColumn.fromVector((Vector) row.get(1)))
              .toList();
      List<BinaryMachine> machines =
          sparkSession()
              .read()
              .parquet(path + "/machines")
              .orderBy("class")
              .collectAsList()
              .stream()
              .map(row -> new BinaryMachine(((Vector) row.get(2)).toArray(), row.getDouble(1)))
              .toList();
      IntersectionKernelClassifierModel settings =
          new IntersectionKernelClassifierModel(metadata.uid(), null, images, null);
      metadata.getAndSetParams(settings, metadata.getAndSetParams$default$2());
      OneVersusRest all =
          new OneVersusRest(
              IntStream.range(0, machines.size()).toArray(),
              machines.toArray(BinaryMachine[]::new),
              (Double) settings.getOrDefault(settings.kernelScale));
      IntersectionKernelClassifierModel model =
          new IntersectionKernelClassifierModel(metadata.uid(), null, images, all);
      return settings.copyValues(model, ParamMap.empty());
    }
  }
}
