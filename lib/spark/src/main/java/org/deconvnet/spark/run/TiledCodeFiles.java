package org.deconvnet.spark.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.solve.greedy.Area;
import org.deconvnet.solve.greedy.Tile;
import org.deconvnet.solve.greedy.TiledCode;
import org.deconvnet.spark.store.NpzFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.store.NpzCode;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * Codes of tiles as files: rows of {@link CodeTables}' entries, tile by tile, or a matrix an image
 * as {@link CodeFiles} writes it.
 */
final class TiledCodeFiles {
  static final String FOLDER = "entries";

  private static final StructType ENTRY =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, true)
          .add("layer", DataTypes.IntegerType, false)
          .add("maps", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("map", DataTypes.IntegerType, false)
          .add("row", DataTypes.IntegerType, false)
          .add("column", DataTypes.IntegerType, false)
          .add("value", DataTypes.FloatType, false);

  private final SparkSession spark;
  private final OutputFolder output;
  private final FeatureFormat format;
  private final int partitions;

  /**
   * @param partitions Parquet files an image
   */
  TiledCodeFiles(SparkSession spark, OutputFolder output, FeatureFormat format, int partitions) {
    this.spark = spark;
    this.output = output;
    this.format = format;
    this.partitions = partitions;
  }

  /**
   * @param file path and label
   * @return how many entries
   */
  long write(Row file, TiledCode code) {
    int maps = code.codes().get(0).shape().maps();
    if (format == FeatureFormat.NPZ) {
      matrix(file.getString(0), maps, code);
    } else {
      table(file.getString(0), file.getString(1), maps, code);
    }
    return code.trace().nonZeros();
  }

  private void table(String path, String label, int maps, TiledCode code) {
    Shape map = code.tiling().code(1);
    List<Placed> tiles = new ArrayList<>();
    for (Tile tile : code.tiling().tiles()) {
      tiles.add(new Placed(tile.own(), code.codes().get(tile.number())));
    }
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(tiles, Math.min(partitions, tiles.size()))
            .flatMap(tile -> tile.rows(path, label, maps, map).iterator());
    spark
        .createDataFrame(rows, ENTRY)
        .write()
        .mode(SaveMode.Append)
        .option("parquet.enable.dictionary#value", "false")
        .parquet(output.path(FOLDER));
  }

  /** A tile's code, and where it lies. */
  private record Placed(Area own, SparseMaps code) implements java.io.Serializable {
    List<Row> rows(String path, String label, int maps, Shape map) {
      List<Row> rows = new ArrayList<>();
      for (int e = 0; e < code.entries(); e++) {
        rows.add(
            RowFactory.create(
                path,
                label,
                1,
                maps,
                map.height(),
                map.width(),
                code.map(e),
                own.firstRow() + code.row(e),
                own.firstColumn() + code.column(e),
                code.values()[e]));
      }
      return rows;
    }
  }

  private void matrix(String path, int maps, TiledCode code) {
    Shape map = code.tiling().code(1);
    int entries = Math.toIntExact(code.trace().nonZeros());
    int[] row = new int[entries];
    int[] column = new int[entries];
    float[] values = new float[entries];
    int[] next = {0};
    code.forEach(
        (k, y, x, value) -> {
          row[next[0]] = k;
          column[next[0]] = y * map.width() + x;
          values[next[0]++] = value;
        });
    new NpzFolder(spark, output, FOLDER)
        .write(path, "", out -> NpzCode.write(out, maps, map, row, column, values));
  }
}
