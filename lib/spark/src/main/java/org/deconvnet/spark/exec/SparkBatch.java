package org.deconvnet.spark.exec;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.network.adaptive.AdaptiveCoder;
import org.deconvnet.network.adaptive.AdaptiveImage;
import org.deconvnet.network.adaptive.AdaptiveLayer;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.network.adaptive.BatchSummary;
import org.deconvnet.network.adaptive.CodedImage;
import org.deconvnet.network.adaptive.TrainingBatch;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.FilterBank;

/**
 * A batch spread over partitions. Filters and directions are broadcast; codes stay where they were
 * made; sums with the filters' size come back. Sums are exact, so neither the order of partitions
 * nor a repeated task changes a bit. Not thread-safe: the driver's training loop owns it.
 */
final class SparkBatch implements TrainingBatch {
  private final JavaSparkContext context;
  private final PersistedData kept;
  private final JavaRDD<AdaptiveImage> images;
  private final long count;
  private final String engine;
  private List<AdaptiveImage> sample;
  private JavaRDD<CodedImage> coded;
  private Filters sent;
  private Broadcast<Filters> filters;

  /**
   * @param count of the images
   * @param engine the resolved name of an engine: every executor uses this one or fails
   */
  SparkBatch(
      JavaSparkContext context,
      PersistedData kept,
      JavaRDD<AdaptiveImage> images,
      long count,
      String engine) {
    this.context = context;
    this.kept = kept;
    this.images = images;
    this.count = count;
    this.engine = engine;
  }

  @Override
  public List<AdaptiveImage> sample() {
    if (sample == null) {
      sample = images.takeOrdered(BatchPlan.sampleSize(), new ById());
    }
    return sample;
  }

  @Override
  public BatchSummary code(AdaptiveNetwork below, AdaptiveLayer layer) {
    release();
    Broadcast<Filters> shared = send(below, layer);
    String name = engine;
    long all = count;
    coded = kept.keep(images.mapPartitions(part -> codeAll(part, shared.value().coder(name))));
    return coded
        .mapPartitions(part -> summarise(part, shared.value(), all, name))
        .treeReduce(SparkBatch::merged);
  }

  /** Filters go out once for all rounds of a batch. */
  private Broadcast<Filters> send(AdaptiveNetwork below, AdaptiveLayer layer) {
    if (sent == null || sent.below != below || sent.layer != layer) {
      takeBack();
      sent = new Filters(below, layer);
      filters = context.broadcast(sent);
    }
    return filters;
  }

  private void takeBack() {
    if (filters != null) {
      // Not destroyed: a lost partition of codes is recomputed with these very filters.
      filters.unpersist(false);
      filters = null;
      sent = null;
    }
  }

  private static Iterator<CodedImage> codeAll(Iterator<AdaptiveImage> images, AdaptiveCoder coder) {
    return new Mapped<>(images, image -> new CodedImage(image, coder.code(image)));
  }

  private static Iterator<BatchSummary> summarise(
      Iterator<CodedImage> images, Filters filters, long all, String engine) {
    AdaptiveCoder coder = filters.coder(engine);
    BatchSummary summary = new BatchSummary(filters.layer.filters(), all);
    images.forEachRemaining(image -> summary.add(image.code(), coder.negativeGradient(image)));
    return List.of(summary).iterator();
  }

  private static BatchSummary merged(BatchSummary a, BatchSummary b) {
    a.merge(b);
    return a;
  }

  @Override
  public double[] curvature(AdaptiveNetwork below, AdaptiveLayer layer, FilterBank direction) {
    Broadcast<Filters> shared = send(below, layer);
    Broadcast<FilterBank> along = context.broadcast(direction);
    String name = engine;
    long all = count;
    FixedPointSum sum =
        coded
            .mapPartitions(part -> curvature(part, shared.value().coder(name), along.value(), all))
            .treeReduce(
                (a, b) -> {
                  a.merge(b);
                  return a;
                });
    along.destroy();
    return sum.toArray();
  }

  private static Iterator<FixedPointSum> curvature(
      Iterator<CodedImage> images, AdaptiveCoder coder, FilterBank direction, long all) {
    FixedPointSum sum = new FixedPointSum(direction.data().length, all);
    images.forEachRemaining(image -> sum.add(coder.curvature(image, direction)));
    return List.of(sum).iterator();
  }

  @Override
  public void release() {
    if (coded != null) {
      kept.release(coded);
      coded = null;
    }
    takeBack();
  }

  private record Filters(AdaptiveNetwork below, AdaptiveLayer layer)
      implements java.io.Serializable {
    AdaptiveCoder coder(String engine) {
      return new AdaptiveCoder(ConvolutionEngines.create(engine), below, layer);
    }
  }

  private static final class ById implements Comparator<AdaptiveImage>, java.io.Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public int compare(AdaptiveImage a, AdaptiveImage b) {
      return a.id().compareTo(b.id());
    }
  }
}
