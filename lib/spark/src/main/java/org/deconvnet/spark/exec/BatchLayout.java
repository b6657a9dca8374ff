package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.deconvnet.learn.BatchPlan;
import scala.Function1;
import scala.Tuple2;

/**
 * Lays images out once so that each batch owns its partitions: partition b·P + i holds part i of
 * batch b. Ids and the seed alone decide, never how the images lay before.
 *
 * @param partitions P, of each batch
 */
record BatchLayout(BatchPlan plan, int partitions) {
  /** Plans the batches; the ids of a small corpus are collected for that. */
  static <T> BatchLayout of(
      JavaRDD<T> images,
      long count,
      Function<T, String> id,
      int batchSize,
      int partitions,
      long seed) {
    BatchPlan plan =
        count <= BatchPlan.LARGEST_EVEN
            ? BatchPlan.even(images.map(id).collect(), batchSize, seed)
            : BatchPlan.hashed(count, batchSize, seed);
    return new BatchLayout(plan, partitions);
  }

  /** One shuffle. */
  <T> JavaRDD<T> layOut(JavaRDD<T> images, Function<T, String> id) {
    return images
        .mapToPair(image -> new Tuple2<>(id.call(image), image))
        .partitionBy(new ByBatch(plan, partitions))
        .values();
  }

  /** The images of one batch. */
  <T> JavaRDD<T> only(JavaRDD<T> laidOut, int batch) {
    return only(laidOut, partitions, batch);
  }

  /**
   * The images of one batch.
   *
   * @param each partitions of each batch
   */
  static <T> JavaRDD<T> only(JavaRDD<T> laidOut, int each, int batch) {
    Function1<Object, Object> mine =
        (Function1<Object, Object> & Serializable) p -> (Integer) p / each == batch;
    return new JavaRDD<>(PartitionPruningRDD.create(laidOut.rdd(), mine), laidOut.classTag());
  }

  /**
   * How many images each batch has: one job.
   *
   * @param each partitions of each batch
   */
  static <T> long[] sizes(JavaRDD<T> laidOut, int each) {
    List<Long> parts = laidOut.mapPartitions(BatchLayout::size).collect();
    long[] sizes = new long[parts.size() / each];
    for (int p = 0; p < parts.size(); p++) {
      sizes[p / each] += parts.get(p);
    }
    return sizes;
  }

  private static <T> Iterator<Long> size(Iterator<T> part) {
    long size = 0;
    for (; part.hasNext(); part.next()) {
      size++;
    }
    return List.of(size).iterator();
  }

  /** Sends an id to its batch's partitions. */
  private static final class ByBatch extends Partitioner {
    private static final long serialVersionUID = 1;

    private final BatchPlan plan;
    private final int partitions;

    ByBatch(BatchPlan plan, int partitions) {
      this.plan = plan;
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return plan.batches() * partitions;
    }

    @Override
    public int getPartition(Object id) {
      return plan.batchOf((String) id) * partitions + plan.partOf((String) id, partitions);
    }
  }
}
