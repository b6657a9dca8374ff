package org.deconvnet.spark.run;

import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.ml.LayerCodes;
import org.deconvnet.spark.ml.LayeredModel;

/** Sparse codes as tables of plain columns. */
final class CodeTables {
  private static final String PLANE = "(features.height * features.width)";

  private CodeTables() {}

  /**
   * Writes path, label, layer and features (size, indices and values), a row an image and layer; or
   * a row a non-zero.
   */
  static void write(
      LayerCodes network, Dataset<Row> images, List<Integer> layers, boolean entries, String path) {
    // One inference serves all layers' rows. The images stay behind: they may be larger than codes.
    Dataset<Row> inferred = network.codes(images).select("path", columns(layers));
    Dataset<Row> codes =
        layers.size() == 1 ? inferred : inferred.persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> all =
        layers.stream().map(layer -> of(codes, layer)).reduce(Dataset::union).orElseThrow();
    // A dictionary of numbers that hardly repeat costs more than a tenth of the run.
    (entries ? entries(all) : all)
        .write()
        .option("parquet.enable.dictionary#features.indices.list.element", "false")
        .option("parquet.enable.dictionary#features.values.list.element", "false")
        .option("parquet.enable.dictionary#value", "false")
        .parquet(path);
    codes.unpersist();
  }

  private static String[] columns(List<Integer> layers) {
    return Stream.concat(Stream.of("label"), layers.stream().map(LayeredModel::layerColumn))
        .toArray(String[]::new);
  }

  private static Dataset<Row> of(Dataset<Row> codes, int layer) {
    return codes.select(
        col("path"),
        col("label"),
        lit(layer).as("layer"),
        col(LayeredModel.layerColumn(layer)).as("features"));
  }

  /** Path, label, layer, size of the code, and map, row, column and value of each non-zero. */
  private static Dataset<Row> entries(Dataset<Row> codes) {
    return codes
        .withColumn("entry", explode(arrays_zip(col("features.indices"), col("features.values"))))
        .select(
            col("path"),
            col("label"),
            col("layer"),
            col("features.maps"),
            col("features.height"),
            col("features.width"),
            expr("cast(entry.indices div " + PLANE + " as int)").as("map"),
            expr("cast(entry.indices % " + PLANE + " div features.width as int)").as("row"),
            expr("entry.indices % features.width").as("column"),
            col("entry.values").as("value"));
  }
}
