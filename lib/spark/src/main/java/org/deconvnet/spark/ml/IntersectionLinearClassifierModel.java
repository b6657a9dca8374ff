package org.deconvnet.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.OneVsRestModel;
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
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.exec.Mapped;

/** Predicts class names with linear machines on the explicit feature map. Thread-safe. */
public final class IntersectionLinearClassifierModel
    extends Model<IntersectionLinearClassifierModel> implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final transient OneVsRestModel machines;
  private final ClassifierParams shared;
  private final StringArrayParam classes;
  private final DoubleParam scale;

  IntersectionLinearClassifierModel(
      String uid, String[] names, double scaling, OneVsRestModel machines) {
    this.uid = uid;
    this.machines = machines;
    shared = new ClassifierParams(this);
    classes = new StringArrayParam(this, "classes", "class names in the order of their numbers");
    scale = new DoubleParam(this, "scale", "what mapped vectors are multiplied by");
    setDefault(shared.featuresCol, "features");
    setDefault(shared.labelCol, "label");
    setDefault(shared.predictionCol, "prediction");
    if (names != null) {
      set(classes, names);
      set(scale, scaling);
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

  public DoubleParam scale() {
    return scale;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return shared.output(schema, this);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    Dataset<Row> numbered = machines.transform(mapped(dataset));
    String[] names = $(classes);
    int width = dataset.schema().length();
    int number = numbered.schema().fieldIndex(IntersectionLinearClassifier.ANSWER);
    return numbered.mapPartitions(
        (Iterator<Row> rows) ->
            new Mapped<>(rows, row -> named(row, width, names[(int) row.getDouble(number)])),
        Encoders.row(out));
  }

  private Dataset<Row> mapped(Dataset<?> dataset) {
    int input = dataset.schema().fieldIndex($(shared.featuresCol));
    double scaling = (Double) $(scale);
    StructType schema =
        Columns.add(dataset.schema(), IntersectionLinearClassifier.MAPPED, new VectorUDT(), uid);
    return dataset
        .toDF()
        .mapPartitions(
            (Iterator<Row> rows) ->
                new Mapped<>(
                    rows,
                    row ->
                        Columns.append(
                            row,
                            IntersectionLinearClassifier.mappedVector(
                                (Vector) row.get(input), scaling))),
            Encoders.row(schema));
  }

  /** The first columns of a row, and the class name. */
  private static Row named(Row row, int width, String name) {
    Object[] values = new Object[width + 1];
    for (int i = 0; i < width; i++) {
      values[i] = row.get(i);
    }
    values[width] = name;
    return org.apache.spark.sql.RowFactory.create(values);
  }

  @Override
  public IntersectionLinearClassifierModel copy(ParamMap extra) {
    IntersectionLinearClassifierModel copy =
        new IntersectionLinearClassifierModel(uid, null, 0, machines);
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
              metadata.uid(), null, 0, OneVsRestModel.load(path + "/machines"));
      metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
      return model;
    }
  }
}
