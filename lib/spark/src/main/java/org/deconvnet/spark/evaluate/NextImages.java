package org.deconvnet.spark.evaluate;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.spark.ml.AblatedMaps;

/**
 * Puts another image beside each one: the next by the hash of its id, the first after the last. Ids
 * and the seed alone decide. The driver holds all ids, as it does for a split.
 */
public final class NextImages {
  private static final String NEXT = "next";

  private NextImages() {}

  /**
   * @param images columns path and image, and others
   * @return the same rows and columns, path first, and {@link AblatedMaps#ANOTHER}
   */
  public static Dataset<Row> beside(Dataset<Row> images, long seed) {
    Dataset<Row> next =
        images
            .sparkSession()
            .createDataFrame(
                pairs(FeatureLearning.ids(images), seed),
                new StructType()
                    .add("path", DataTypes.StringType, false)
                    .add(NEXT, DataTypes.StringType, false));
    Dataset<Row> others = images.select(col("path").as(NEXT), col("image").as(AblatedMaps.ANOTHER));
    List<Column> columns = new ArrayList<>();
    for (String name : images.columns()) {
      columns.add(col(name));
    }
    columns.add(col(AblatedMaps.ANOTHER));
    // A join leaves as many partitions as Spark is set to, two hundred for a handful of images.
    return images
        .join(next, "path")
        .join(others, NEXT)
        .select(columns.toArray(Column[]::new))
        .coalesce(images.rdd().getNumPartitions());
  }

  private static List<Row> pairs(List<String> ids, long seed) {
    List<String> ring =
        ids.stream()
            .sorted(
                Comparator.comparingLong((String id) -> BatchPlan.mix(id, seed))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    List<Row> pairs = new ArrayList<>();
    for (int i = 0; i < ring.size(); i++) {
      pairs.add(RowFactory.create(ring.get(i), ring.get((i + 1) % ring.size())));
    }
    return pairs;
  }
}
