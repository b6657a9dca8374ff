package org.deconvnet.jobs.doctor;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.words.Count;

/**
 * Whether a table that is stored as Parquet comes back, as features and packed images are: its
 * compression is native code, which not every machine can load. The launcher keeps the classes of
 * such a start.
 */
final class ParquetCheck {
  static final String NAME = "parquet";

  private static final String EXPECTED = "a stored table that comes back";
  private static final int ROWS = 4;

  private static final StructType TABLE =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("content", DataTypes.BinaryType)
          .add("numbers", DataTypes.createArrayType(DataTypes.FloatType));

  private ParquetCheck() {}

  /** Through a folder for temporary files, so for a Spark that runs on this machine alone. */
  static Check here(SparkSession spark) {
    return in(spark, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Never fails: what goes wrong is the finding. Leaves nothing in the folder. */
  static Check in(SparkSession spark, Path folder) {
    try {
      Path own = Files.createTempDirectory(folder, "deconvnet-doctor");
      try {
        return of(backFrom(spark, own.resolve("table").toString()));
      } finally {
        FileUtil.fullyDelete(own.toFile());
      }
    } catch (Exception e) {
      // Scala throws checked exceptions that no method declares.
      return Check.problem(
          NAME,
          "%s: a table cannot be stored or read: %s".formatted(folder, FirstLine.of(root(e))),
          EXPECTED,
          "another codec may work: --conf spark.sql.parquet.compression.codec=zstd");
    }
  }

  /** Spark's own message begins with an empty line, and tells of tasks. */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static List<Row> backFrom(SparkSession spark, String place) {
    List<Row> rows = IntStream.range(0, ROWS).mapToObj(ParquetCheck::row).toList();
    spark.createDataFrame(rows, TABLE).write().parquet(place);
    Dataset<Row> stored = spark.read().schema(TABLE).parquet(place);
    return stored.where(col("path").isNotNull()).orderBy("path").collectAsList();
  }

  private static Row row(int i) {
    return RowFactory.create("image" + i, new byte[] {(byte) i}, new float[] {i, -i});
  }

  static Check of(List<Row> back) {
    String found = "a table of %s came back".formatted(Count.of(back.size(), "row"));
    return back.size() == ROWS
        ? Check.ok(NAME, found, EXPECTED)
        : Check.problem(NAME, found, EXPECTED, "look at Spark's log");
  }
}
