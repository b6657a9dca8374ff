package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.spark.corpus.BalancedPartitions;
import org.deconvnet.spark.corpus.BalancedPartitions.Weighted;
import scala.Function1;
import scala.Tuple2;

/**
 * Lays images out once so that each batch owns its partitions: partition b·P + i holds part i of
 * batch b. Ids and the seed alone decide the batch, never how the images lay before. A small
 * corpus' batches are cut into parts of about the same number of pixels, since a round waits for
 * its slowest part.
 *
 * @param partitions P, of each batch
 * @param parts of each batch; none for a large corpus, where hashes come out even enough
 */
record BatchLayout(BatchPlan plan, int partitions, List<BalancedPartitions> parts)
    implements Serializable {
  /** Plans the batches; the ids and sizes of a small corpus are collected for that. */
  static <I extends TrainingImage> BatchLayout of(
      JavaRDD<I> images, long count, int batchSize, int partitions, long seed) {
    if (count > BatchPlan.LARGEST_EVEN) {
      return new BatchLayout(BatchPlan.hashed(count, batchSize, seed), partitions, List.of());
    }
    List<Weighted> pixels =
        images.map(i -> new Weighted(i.id(), i.image().shape().plane())).collect();
    BatchPlan plan = BatchPlan.even(pixels.stream().map(Weighted::id).toList(), batchSize, seed);
    return new BatchLayout(plan, partitions, parts(plan, pixels, partitions));
  }

  private static List<BalancedPartitions> parts(
      BatchPlan plan, List<Weighted> pixels, int partitions) {
    List<List<Weighted>> batches = new ArrayList<>();
    for (int b = 0; b < plan.batches(); b++) {
      batches.add(new ArrayList<>());
    }
    pixels.forEach(image -> batches.get(plan.batchOf(image.id())).add(image));
    return batches.stream().map(batch -> BalancedPartitions.of(batch, 0, partitions)).toList();
  }

  /** One shuffle. */
  <I extends TrainingImage> JavaRDD<I> layOut(JavaRDD<I> images) {
    return images
        .mapToPair(image -> new Tuple2<>(image.id(), image))
        .partitionBy(new ByBatch(this))
        .values();
  }

  private int partition(String id) {
    int batch = plan.batchOf(id);
    int part = parts.isEmpty() ? plan.partOf(id, partitions) : parts.get(batch).partitionOf(id);
    return batch * partitions + part;
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

    private final BatchLayout layout;

    ByBatch(BatchLayout layout) {
      this.layout = layout;
    }

    @Override
    public int numPartitions() {
      return layout.plan.batches() * layout.partitions;
    }

    @Override
    public int getPartition(Object id) {
      return layout.partition((String) id);
    }
  }
}
