package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.Iterator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
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
import org.apache.spark.sql.types.StructType;
import org.deconvnet.features.OrientedGradients;
import org.deconvnet.spark.exec.Mapped;

/**
 * Adds the gradient energy of grey images by direction, {@link OrientedGradients}: with {@link
 * SpatialPyramidEncoder} behind it, dense SIFT beside learned features. Takes images without
 * contrast normalisation: {@link ImagePreprocessor#setPlainCol}. Thread-safe.
 */
public final class OrientedGradientMaps extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam directions;

  public OrientedGradientMaps() {
    this(Identifiable$.MODULE$.randomUID("orientedGradientMaps"));
  }

  public OrientedGradientMaps(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "column of grey images");
    outputCol = new Param<>(this, "outputCol", "column of one map a direction");
    directions =
        new IntParam(this, "directions", "directions of the circle", ParamValidators.gtEq(2));
    setDefault(inputCol, "plain");
    setDefault(outputCol, "sift");
    setDefault(directions, OrientedGradients.DEFAULTS.directions());
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public IntParam directions() {
    return directions;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Columns.require(schema, $(inputCol), FeatureMapsColumn.DENSE, uid);
    return Columns.add(schema, $(outputCol), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex($(inputCol));
    int count = (Integer) $(directions);
    return dataset
        .toDF()
        .mapPartitions(
            (Iterator<Row> rows) -> new Mapped<>(rows, row -> append(row, input, count)),
            Encoders.row(out));
  }

  private static Row append(Row row, int input, int directions) {
    return Columns.append(
        row,
        FeatureMapsColumn.toRow(
            new OrientedGradients(directions)
                .apply(FeatureMapsColumn.fromRow(row.getStruct(input)))));
  }

  @Override
  public OrientedGradientMaps copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<OrientedGradientMaps> read() {
    return new DefaultParamsReader<>();
  }

  public static OrientedGradientMaps load(String path) throws IOException {
    return read().load(path);
  }
}
