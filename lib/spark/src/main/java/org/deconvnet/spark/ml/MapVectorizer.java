package org.deconvnet.spark.ml;

import java.io.IOException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.VectorUDT;
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
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.MapsVector;
import org.deconvnet.spark.exec.PartitionLoop;

/**
 * Vectors of a layer's maps or codes, for any stage of MLlib: the largest magnitude of each map in
 * each cell of a grid, as many numbers for every image ({@link org.deconvnet.describe.CellMaxima}).
 * With a grid of 0 the vector holds every entry, in (map, row, column) order; then all images must
 * have one size. A row without maps gets null ({@code handleInvalid}). Thread-safe.
 *
 * <pre>{@code
 * new Pipeline().setStages(new PipelineStage[] {
 *     new ImagePreprocessor(), new AdaptiveDeconvolutionalNetwork().setLayerValues("codes"),
 *     new MapVectorizer(), new KMeans().setK(10)});
 * }</pre>
 */
public final class MapVectorizer extends Transformer
    implements InputParam<MapVectorizer>,
        OutputParam<MapVectorizer>,
        InvalidRowParams<MapVectorizer>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1;

  private final String uid;

  public MapVectorizer() {
    this(Identifiable$.MODULE$.randomUID("mapVectorizer"));
  }

  public MapVectorizer(String uid) {
    this.uid = uid;
    Defaults.ofRows(this);
    setDefault(inputCol(), "layer1");
    setDefault(outputCol(), "features");
    setDefault(grid(), 2);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return Declared.column(this, "inputCol", "column of maps or codes");
  }

  @Override
  public Param<String> outputCol() {
    return Declared.column(this, "outputCol", "column of vectors");
  }

  public IntParam grid() {
    return Declared.whole(
        this,
        "grid",
        "cells along a side, each with its largest magnitude; 0: every entry as it is",
        Takes.between(0, 100));
  }

  public int getGrid() {
    return (Integer) $(grid());
  }

  /** Cells along a side; 0 takes every entry, of images of one size. */
  public MapVectorizer setGrid(int value) {
    return Fluent.set(this, grid(), value);
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
    MapsVector vectors = new MapsVector(dense, getGrid());
    RowCheck check = RowCheck.of(dataset.schema(), this, getInputCol());
    return PartitionLoop.over(
        dataset,
        out,
        rows -> check.append(rows, 1, row -> new Object[] {vectors.of(row.getStruct(input))}));
  }

  @Override
  public String explainParam(Param<?> param) {
    return Declared.explain(this, param);
  }

  @Override
  public MapVectorizer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  public static MLReader<MapVectorizer> read() {
    return new DefaultParamsReader<>();
  }

  public static MapVectorizer load(String path) throws IOException {
    return read().load(path);
  }
}
