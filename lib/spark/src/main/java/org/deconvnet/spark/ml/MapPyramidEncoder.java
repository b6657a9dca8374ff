package org.deconvnet.spark.ml;

import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.pyramid.MapPyramid;
import org.deconvnet.pyramid.PyramidOptions;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.HistogramColumn;
import org.deconvnet.spark.columns.MapsVector;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Spatial pyramids of a layer's maps or codes without words, so without a fit: the largest
 * magnitude of each map in each cell, at unit norm ({@link MapPyramid}); to be compared by the
 * linear kernel. A row without maps gets null ({@code handleInvalid}). Thread-safe.
 */
public final class MapPyramidEncoder extends Transformer
    implements InputParam<MapPyramidEncoder>,
        OutputParam<MapPyramidEncoder>,
        InvalidRowParams<MapPyramidEncoder>,
        LevelsParam<MapPyramidEncoder>,
        PyramidStage,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  public MapPyramidEncoder() {
    this(Identifiable$.MODULE$.randomUID("mapPyramidEncoder"));
  }

  public MapPyramidEncoder(String uid) {
    this.uid = uid;
    Defaults.ofRows(this);
    Defaults.ofLevels(this);
    setDefault(inputCol(), "layer1");
    setDefault(outputCol(), "pyramid");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public List<String> pyramidCols() {
    return List.of(getOutputCol());
  }

  @Override
  public Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of maps or codes");
  }

  @Override
  public Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of pyramid vectors");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    MapsVector.requireMaps(schema, getInputCol(), uid);
    return Columns.add(schema, getOutputCol(), new VectorUDT(), uid);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType out = transformSchema(dataset.schema());
    int input = dataset.schema().fieldIndex(getInputCol());
    boolean dense = FeatureMapsColumn.isDense(dataset.schema().apply(input).dataType());
    MapPyramid pyramid = new MapPyramid(new PyramidOptions(getLevels()));
    RowCheck check = RowCheck.of(dataset.schema(), this, getInputCol());
    return PartitionLoop.over(
        dataset,
        out,
        rows ->
            check.append(
                rows, 1, row -> new Object[] {vector(pyramid, row.getStruct(input), dense)}));
  }

  private static Vector vector(MapPyramid pyramid, Row maps, boolean dense) {
    return HistogramColumn.toVector(
        dense
            ? pyramid.of(FeatureMapsColumn.fromRow(maps))
            : pyramid.of(
                FeatureMapsColumn.shape(maps),
                FeatureMapsColumn.indices(maps),
                FeatureMapsColumn.values(maps)));
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public MapPyramidEncoder copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<MapPyramidEncoder> read() {
    return new DefaultParamsReader<>();
  }

  public static MapPyramidEncoder load(String path) throws IOException {
    return read().load(path);
  }
}
