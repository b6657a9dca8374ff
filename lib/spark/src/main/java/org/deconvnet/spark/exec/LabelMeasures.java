package org.deconvnet.spark.exec;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.label.LabelCounts;
import org.deconvnet.spark.columns.LabelColumn;

/** How many classes labels have, and how well labels were given, over all images. */
public final class LabelMeasures {
  private LabelMeasures() {}

  /**
   * One more than the largest label of all images; 0 where every pixel is void. One pass.
   *
   * @param labels column of the labels
   */
  public static int classes(Dataset<Row> labels) {
    return labels
        .javaRDD()
        .map(row -> LabelColumn.fromRow(row.getStruct(0)).classes())
        .treeAggregate(0, Math::max, Math::max);
  }

  /**
   * One pass over the images.
   *
   * @param labels columns of the true labels and of those that were given, in this order
   */
  public static LabelCounts of(Dataset<Row> labels, int classes) {
    return labels
        .javaRDD()
        .mapPartitions(part -> counted(part, classes))
        .treeAggregate(new LabelCounts(classes), LabelMeasures::merged, LabelMeasures::merged);
  }

  private static Iterator<LabelCounts> counted(Iterator<Row> part, int classes) {
    LabelCounts counts = new LabelCounts(classes);
    part.forEachRemaining(
        row ->
            counts.add(
                LabelColumn.fromRow(row.getStruct(0)), LabelColumn.fromRow(row.getStruct(1))));
    return List.of(counts).iterator();
  }

  private static LabelCounts merged(LabelCounts a, LabelCounts b) {
    a.merge(b);
    return a;
  }
}
