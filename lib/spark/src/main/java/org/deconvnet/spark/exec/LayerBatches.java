package org.deconvnet.spark.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deconvnet.learn.Coding;
import org.deconvnet.learn.TrainingImage;

/**
 * All images of a layer, in batches.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 * @param all the batches that have an image
 * @param each partitions of each batch
 */
record LayerBatches<I extends TrainingImage, K extends Coding<I>>(
    JavaSparkContext context, List<SparkBatch<I, K>> all, int each) {

  /**
   * Of images that lie in their batches: one job counts them.
   *
   * @param engine resolved
   */
  static <I extends TrainingImage, K extends Coding<I>> LayerBatches<I, K> of(
      JavaSparkContext context,
      PersistedData kept,
      String engine,
      boolean keepsCodes,
      JavaRDD<I> laidOut,
      int each) {
    List<SparkBatch<I, K>> all = new ArrayList<>();
    long[] sizes = BatchLayout.sizes(laidOut, each);
    for (int b = 0; b < sizes.length; b++) {
      if (sizes[b] > 0) {
        JavaRDD<I> mine = BatchLayout.only(laidOut, each, b);
        all.add(new SparkBatch<>(context, kept, engine, keepsCodes, sizes[b], mine));
      }
    }
    return new LayerBatches<>(context, all, each);
  }

  /** The images with their present codes. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
  JavaRDD<I> coded() {
    return context.union(all.stream().map(SparkBatch::coded).toArray(JavaRDD[]::new));
  }

  /** The layer is done: gives back what the batches sent and keep. */
  void release() {
    all.forEach(SparkBatch::release);
  }

  /**
   * Goes on with the same images and codes from another place.
   *
   * @param stored what {@link #coded} gave, partition by partition
   */
  void moveTo(JavaRDD<I> stored) {
    for (int b = 0; b < all.size(); b++) {
      all.get(b).moveTo(BatchLayout.only(stored, each, b));
    }
  }
}
