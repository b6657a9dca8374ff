package org.deconvnet.spark.ml;

import java.io.IOException;
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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.OrientedGradients;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;

/**
 * Adds the gradient energy of grey images by direction, {@link OrientedGradients}: with {@link
 * SpatialPyramidEncoder} behind it, dense SIFT beside learned features. Takes images without
 * contrast normalisation: {@link ImagePreprocessor#setPlainCol}. A row without an image gets null
 * ({@code handleInvalid}). Thread-safe.
 */
public final class OrientedGradientMaps extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam directions;
  private final InvalidRowParams invalid;

  public OrientedGradientMaps() {
    this(Identifiable$.MODULE$.randomUID("orientedGradientMaps"));
  }

  public OrientedGradientMaps(String uid) {
    this.uid = uid;
    invalid = new InvalidRowParams(this);
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

  public Param<String> idCol() {
    return invalid.idCol;
  }

  public Param<String> handleInvalid() {
    return invalid.handleInvalid;
  }

  public String getHandleInvalid() {
    return $(invalid.handleInvalid);
  }

  /** Rows without a usable image: {@code keep}, the default, {@code skip} or {@code error}. */
  public OrientedGradientMaps setHandleInvalid(String value) {
    set(invalid.handleInvalid, value);
    return this;
  }

  /** The column that names rows in messages. */
  public OrientedGradientMaps setIdCol(String value) {
    set(invalid.idCol, value);
    return this;
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
    RowCheck check = RowCheck.of(dataset.schema(), invalid, this, $(inputCol));
    return Columns.mapped(
        dataset, out, rows -> check.append(rows, 1, row -> new Object[] {maps(row, input, count)}));
  }

  private static Row maps(Row row, int input, int directions) {
    return FeatureMapsColumn.toRow(
        new OrientedGradients(directions).apply(FeatureMapsColumn.fromRow(row.getStruct(input))));
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
