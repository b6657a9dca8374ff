package org.deconvnet.spark.exec;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows through a function, one partition at a time, worked out when they are asked for. */
public final class PartitionLoop {
  private PartitionLoop() {}

  /**
   * A dataset's rows through a function. Spark forgets columns' metadata where rows become objects,
   * the names that StringIndexer gave to numbers among them; here it stays.
   *
   * @param out the schema of what comes out
   */
  public static Dataset<Row> over(
      Dataset<?> dataset, StructType out, MapPartitionsFunction<Row, Row> function) {
    Dataset<Row> rows = dataset.toDF().mapPartitions(function, Encoders.row(out));
    for (StructField field : out.fields()) {
      if (!field.metadata().equals(Metadata.empty())) {
        rows = rows.withMetadata(field.name(), field.metadata());
      }
    }
    return rows;
  }

  /**
   * A dataset's rows through a function that knows its partition's number.
   *
   * @param function must give rows of the same partition's, so that partitions stay as they are
   */
  public static JavaRDD<Row> numbered(
      Dataset<Row> dataset, Function2<Integer, Iterator<Row>, Iterator<Row>> function) {
    return dataset.javaRDD().mapPartitionsWithIndex(function, true);
  }
}
