package org.deconvnet.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What {@code extract} wrote, read as another program would. */
final class ExtractedFeatures {
  private ExtractedFeatures() {}

  /**
   * Rows of path, label, layer and features, in no order.
   *
   * @param out the command's output folder
   */
  static List<Row> read(Path out) throws IOException {
    return readAll(out.resolve("features"));
  }

  /** The same of a folder of Parquet files. */
  static List<Row> readAll(Path features) throws IOException {
    try (SparkSession spark = LocalSession.start()) {
      return spark
          .read()
          .parquet(features.toString())
          .select("path", "label", "layer", "features")
          .collectAsList();
    }
  }
}
