package org.deconvnet.spark.columns;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.describe.CellMaxima;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Maps or codes of a row as a vector of Spark ML. Thread-safe.
 *
 * @param dense whether the column holds dense maps, not codes
 * @param grid cells along a side, whose maxima are taken; 0: every entry
 */
public record MapsVector(boolean dense, int grid) implements Serializable {

  /** Throws unless the column is there and holds maps or codes. */
  public static void requireMaps(StructType schema, String column, String stage) {
    Columns.require(
        schema,
        column,
        type -> FeatureMapsColumn.isDense(type) || isSparse(type),
        "%s (maps) or %s (codes)"
            .formatted(FeatureMapsColumn.expected(), FeatureMapsColumn.SPARSE.catalogString()),
        stage);
  }

  private static boolean isSparse(DataType type) {
    return type.asNullable().equals(FeatureMapsColumn.SPARSE.asNullable());
  }

  public Vector of(Row row) {
    return dense ? ofMaps(row) : ofCode(row);
  }

  private Vector ofMaps(Row row) {
    FeatureMaps maps = FeatureMapsColumn.fromRow(row);
    return vector(grid == 0 ? maps.data() : new CellMaxima(grid).of(maps));
  }

  private Vector ofCode(Row row) {
    Shape shape = FeatureMapsColumn.shape(row);
    int[] indices = FeatureMapsColumn.indices(row);
    float[] values = FeatureMapsColumn.values(row);
    return grid == 0
        ? sorted(shape, indices, values)
        : vector(new CellMaxima(grid).of(shape, indices, values));
  }

  private static Vector vector(float[] values) {
    return Vectors.dense(HistogramColumn.wide(values)).compressed();
  }

  /** Codes of 2011 come in the order of their pooled maps. */
  private static Vector sorted(Shape shape, int[] indices, float[] values) {
    int[] order =
        IntStream.range(0, indices.length)
            .boxed()
            .sorted(Comparator.comparing(e -> indices[e]))
            .mapToInt(Integer::intValue)
            .toArray();
    return Vectors.sparse(
        shape.size(),
        Arrays.stream(order).map(e -> indices[e]).toArray(),
        Arrays.stream(order).mapToDouble(e -> values[e]).toArray());
  }
}
