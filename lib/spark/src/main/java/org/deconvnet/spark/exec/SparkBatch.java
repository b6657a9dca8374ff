package org.deconvnet.spark.exec;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.Batch;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.learn.Coding;
import org.deconvnet.learn.ImageCoder;
import org.deconvnet.learn.Pass;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.sums.Mergeable;

/**
 * A batch spread over partitions. What images are coded with is broadcast, once for all passes of a
 * round; codes stay where they were made; sums come back. Sums are exact, so neither the order of
 * partitions nor a repeated task changes a bit. Not thread-safe: the driver's training loop owns
 * it.
 *
 * @param <I> the family's state of an image
 * @param <K> what images are coded with
 */
final class SparkBatch<I extends TrainingImage, K extends Coding<I>> implements Batch<I, K> {
  private final JavaSparkContext context;
  private final PersistedData kept;
  private final String engine;
  private final boolean keepsCodes;
  private final long count;
  private JavaRDD<I> images;
  private String where = "";
  private List<I> sample;
  private JavaRDD<I> coded;
  private Broadcast<K> sent;

  /**
   * @param engine the resolved name of an engine: every executor uses this one or fails
   * @param keepsCodes whether the next round starts from the codes of this one
   * @param count of the images
   */
  SparkBatch(
      JavaSparkContext context,
      PersistedData kept,
      String engine,
      boolean keepsCodes,
      long count,
      JavaRDD<I> images) {
    this.context = context;
    this.kept = kept;
    this.engine = engine;
    this.keepsCodes = keepsCodes;
    this.count = count;
    this.images = images;
  }

  @Override
  public void begins(int layer, int epoch, int batch) {
    where =
        epoch == 0
            ? "layer %d, last pass, batch %d".formatted(layer, batch)
            : "layer %d, epoch %d, batch %d".formatted(layer, epoch, batch);
  }

  /** Spark's pages show where learning stands, and what of it a job is. */
  private <T> T job(String what, Supplier<T> work) {
    return JobDescription.during(context.sc(), where + ": " + what, work);
  }

  @Override
  public List<I> sample() {
    if (sample == null) {
      sample = job("sample", () -> images.takeOrdered(BatchPlan.sampleSize(), new ById<I>()));
    }
    return sample;
  }

  @Override
  public <S extends Mergeable<S>> S code(K coding, Pass<I, K, S> pass) {
    release();
    sent = context.broadcast(coding);
    Broadcast<K> shared = sent;
    String name = engine;
    coded = kept.keep(images.mapPartitions(part -> codeAll(part, shared.value(), name)));
    S sum = job("infer", () -> summed(pass));
    if (keepsCodes) {
      moveTo(coded);
    }
    return sum;
  }

  private static <I extends TrainingImage> Iterator<I> codeAll(
      Iterator<I> images, Coding<I> coding, String engine) {
    ImageCoder<I> coder = coding.coder(ConvolutionEngines.create(engine));
    return new Mapped<>(images, coder::code);
  }

  @Override
  public <S extends Mergeable<S>> S sum(Pass<I, K, S> pass) {
    return job("filters", () -> summed(pass));
  }

  private <S extends Mergeable<S>> S summed(Pass<I, K, S> pass) {
    Broadcast<K> shared = sent;
    String name = engine;
    long all = count;
    return PartialSums.merged(
        coded,
        part ->
            List.of(pass.over(part, shared.value(), ConvolutionEngines.create(name), all))
                .iterator());
  }

  /** Goes on with the same images and codes from another place. */
  void moveTo(JavaRDD<I> other) {
    kept.release(images);
    images = other;
    coded = other;
  }

  /** The images with the codes of the last {@link #code}. */
  JavaRDD<I> coded() {
    return coded;
  }

  @Override
  public void release() {
    if (!keepsCodes && coded != null) {
      kept.release(coded);
      coded = null;
    }
    if (sent != null) {
      // Not destroyed: a lost partition of codes is recomputed with these very filters.
      sent.unpersist(false);
      sent = null;
    }
  }

  private static final class ById<I extends TrainingImage>
      implements Comparator<I>, java.io.Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public int compare(I a, I b) {
      return a.id().compareTo(b.id());
    }
  }
}
