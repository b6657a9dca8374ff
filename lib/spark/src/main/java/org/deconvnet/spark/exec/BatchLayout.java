package org.deconvnet.spark.exec;

import java.io.Serializable;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.learn.BatchPlan;
import scala.Function1;
import scala.Tuple2;

/**
 * Lays images out once so that each batch owns its partitions: partition b·P + i holds part i of
 * batch b. Ids and the seed alone decide, never how the images lay before.
 *
 * @param batches how many
 * @param partitions P, of each batch
 */
record BatchLayout(int batches, int partitions, long seed) {
  /** One shuffle; the result is persisted. */
  <T> JavaRDD<T> layOut(JavaRDD<T> images, Function<T, String> id) {
    return images
        .mapToPair(image -> new Tuple2<>(id.call(image), image))
        .partitionBy(new ByBatch(batches, partitions, seed))
        .values()
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** The images of one batch. */
  <T> JavaRDD<T> only(JavaRDD<T> laidOut, int batch) {
    int each = partitions;
    Function1<Object, Object> mine =
        (Function1<Object, Object> & Serializable) p -> (Integer) p / each == batch;
    return new JavaRDD<>(PartitionPruningRDD.create(laidOut.rdd(), mine), laidOut.classTag());
  }

  /** Sends an id to its batch's partitions. */
  private static final class ByBatch extends Partitioner {
    private static final long serialVersionUID = 1;

    private final int batches;
    private final int partitions;
    private final long seed;

    ByBatch(int batches, int partitions, long seed) {
      this.batches = batches;
      this.partitions = partitions;
      this.seed = seed;
    }

    @Override
    public int numPartitions() {
      return batches * partitions;
    }

    @Override
    public int getPartition(Object id) {
      int part = (int) Long.remainderUnsigned(BatchPlan.mix((String) id, seed + 1), partitions);
      return BatchPlan.batchOf((String) id, seed, batches) * partitions + part;
    }
  }
}
