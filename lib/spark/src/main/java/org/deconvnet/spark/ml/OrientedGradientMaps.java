package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
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
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Adds the gradient energy of grey images by direction, {@link OrientedGradients}: with {@link
 * SpatialPyramidEncoder} behind it, dense SIFT beside learned features. Takes images without
 * contrast normalisation: {@link ImagePreprocessor#setPlainCol}. A row without an image gets null
 * ({@code handleInvalid}). Thread-safe.
 */
public final class OrientedGradientMaps extends Transformer
    implements InputParam<OrientedGradientMaps>,
        OutputParam<OrientedGradientMaps>,
        InvalidRowParams<OrientedGradientMaps>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  public OrientedGradientMaps() {
    this(Identifiable$.MODULE$.randomUID("orientedGradientMaps"));
  }

  public OrientedGradientMaps(String uid) {
    this.uid = uid;
    Defaults.ofRows(this);
    setDefault(inputCol(), "plain");
    setDefault(outputCol(), "sift");
    setDefault(directions(), OrientedGradients.DEFAULTS.directions());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of grey images");
  }

  @Override
  public Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of one map a direction");
  }

  public IntParam directions() {
    return Declared.whole(this, "directions", "directions of the circle", Takes.atLeast(2));
  }

  public int getDirections() {
    return (Integer) $(directions());
  }

  public OrientedGradientMaps setDirections(int value) {
    return Fluent.set(this, directions(), value);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FeatureMapsColumn.requireDense(schema, getInputCol(), uid);
    return Columns.add(schema, getOutputCol(), FeatureMapsColumn.DENSE, uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex(getInputCol());
    int count = getDirections();
    RowCheck check = RowCheck.of(dataset.schema(), this, getInputCol());
    return PartitionLoop.over(
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
