package org.deconvnet.spark.run;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.network.gradient.adversarial.AdversarialOptions;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.LearnedSettings;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/**
 * Refuses a run whose tasks cannot hold their images, before any is worked on. What a heap needs at
 * least, from the sizes of ten images:
 *
 * <pre>needed = program + max(largest, tasks · median)</pre>
 *
 * <p>Largest and median are of what one image takes: its decoded samples, or its code ({@link
 * Network#codingBytes}), of all layers where a network infers, of the largest one where it learns.
 * Images are decoded by as many tasks as there are cores; a batch is coded by no more than it has
 * images. A run that learns from some images alone has no more; others that it may classify later
 * are not looked at.
 *
 * <p>The engine's scratch, rows of Spark and kept images are left out, so that what is refused
 * would have failed. {@code extract} on one core was measured, by the smallest heap that it ends
 * with:
 *
 * <pre>
 * one image                                  needed here   fails with   ends with
 * 2011, two layers, 2,000 × 3,000              994 MB      1,300 MB     1,650 MB
 * 2010, two layers, 700 × 1,000                811 MB        950 MB     1,250 MB
 * decoding 160 million pixels, to 150 wide     522 MB        522 MB       600 MB
 * </pre>
 *
 * <p>Where few numbers of a large code are zero, its rows take more: the first of these then fails
 * with 1,650 MB, too.
 */
final class MemoryNeed {
  /** What is done to an image, and which key of a configuration makes it take less. */
  enum Work {
    DECODE("leave the largest out: corpus.maxPixels"),
    CODE("make them smaller: preprocess.longestSide");

    private final String relief;

    Work(String relief) {
      this.relief = relief;
    }
  }

  /** A model says how images are worked on, and no configuration is read. */
  private static final String SMALLER_IMAGES = "give smaller images";

  private static final int IMAGES = 10;

  /** Live on the heap of a run of this program that has done nothing yet. */
  private static final long PROGRAM = 64L << 20;

  private static final long GB = 1L << 30;

  private final TaskHeap heap;
  private final List<LookedAt> images;
  private final long files;
  private final boolean configured;

  /**
   * @param configured whether a configuration says how images are worked on
   */
  MemoryNeed(TaskHeap heap, List<LookedAt> images, long files, boolean configured) {
    this.heap = heap;
    this.images = images;
    this.files = files;
    this.configured = configured;
  }

  private static TaskHeap heap(SparkSession spark) {
    Runtime here = Runtime.getRuntime();
    return TaskHeap.of(
        spark.sparkContext().getConf(),
        spark.sparkContext().executorMemory(),
        here.maxMemory(),
        here.availableProcessors());
  }

  /**
   * Of a run that infers with a model.
   *
   * @param partitions that images are worked on in; 0: as many as there is work for
   * @throws UserErrorException saying what is needed, what is there and what to set
   */
  static void requireToInfer(
      SparkSession spark, ImageCorpus corpus, ModelFolder model, int partitions) {
    Network network = model.network().network();
    List<LookedAt> some = LookedAt.drawn(corpus, model.preprocessor(), IMAGES, 1);
    MemoryNeed need = new MemoryNeed(heap(spark), some, corpus.files(), false);
    int tasks = need.tasks(partitions == 0 ? Long.MAX_VALUE : partitions);
    need.require(Work.DECODE, LookedAt::decodedBytes, tasks);
    need.require(Work.CODE, image -> sum(network.codingBytes(image.preprocessed())), tasks);
  }

  /**
   * Of a run that learns a network.
   *
   * @param partitions as above
   * @throws UserErrorException as above
   */
  static void requireToLearn(
      SparkSession spark, ImageCorpus corpus, ExperimentOptions options, int partitions) {
    LearnedSettings network = options.network().learned();
    int learned = network.images() == 0 ? Integer.MAX_VALUE : network.images();
    List<LookedAt> some =
        LookedAt.drawn(corpus, options.preprocessor(), Math.min(IMAGES, learned), options.seed());
    MemoryNeed need = new MemoryNeed(heap(spark), some, Math.min(corpus.files(), learned), true);
    int tasks = need.tasks(partitions == 0 ? Long.MAX_VALUE : partitions);
    need.require(Work.DECODE, LookedAt::decodedBytes, tasks);
    need.require(
        Work.CODE,
        image -> largest(network.codingBytes(image.preprocessed())),
        Math.min(tasks, network.batchSize()));
  }

  /**
   * Of a run that trains a generator.
   *
   * @param tasks that work at once, at most
   * @throws UserErrorException as above
   */
  static void requireToTrain(SparkSession spark, AdversarialOptions networks, int tasks) {
    TaskHeap heap = heap(spark);
    long each = networks.taskBytes();
    // Elsewhere than here, the driver has a heap of its own.
    long driver = heap.local() ? networks.driverBytes() : 0;
    long needed = PROGRAM + Math.min(heap.tasks(), tasks) * each + driver;
    if (needed > heap.bytes()) {
      throw new UserErrorException(
          "memory: expected at least %s, since each of %s trains a ghost group in about %s, got %s; %s, or take less of generate.filters or generate.ghostGroup"
              .formatted(
                  Trial.megabytes(needed),
                  Count.of(Math.min(heap.tasks(), tasks), "task"),
                  Trial.megabytes(each),
                  Trial.megabytes(heap.bytes()),
                  new MemoryNeed(heap, List.of(), 0, true)
                      .remedy((2 * needed + GB - 1) / GB + "g", 0)));
    }
  }

  /** Tasks that work at once, of so many that there are. */
  int tasks(long there) {
    return (int) Math.max(1, Math.min(heap.tasks(), Math.min(files, there)));
  }

  /**
   * @param bytes that one image takes
   * @param tasks that do it at once
   */
  void require(Work work, ToLongFunction<LookedAt> bytes, int tasks) {
    if (images.isEmpty()) {
      return;
    }
    long[] sorted = images.stream().mapToLong(bytes).sorted().toArray();
    long median = sorted[(sorted.length - 1) / 2];
    long largest = sorted[sorted.length - 1];
    long needed = PROGRAM + Math.max(largest, tasks * median);
    if (needed > heap.bytes()) {
      int fitting = (int) Math.min(tasks, (heap.bytes() - PROGRAM) / largest);
      throw new UserErrorException(
          "memory: expected at least %s, since to %s %s at a time takes about %s each, got %s; %s"
              .formatted(
                  Trial.megabytes(needed),
                  work.name().toLowerCase(Locale.ROOT),
                  Count.of(tasks, "image"),
                  Trial.megabytes(tasks == 1 ? largest : median),
                  Trial.megabytes(heap.bytes()),
                  remedy((2 * needed + GB - 1) / GB + "g", fitting)
                      + ", or "
                      + (configured ? work.relief : SMALLER_IMAGES)));
    }
  }

  /**
   * @param size of a heap that surely is enough, as Java takes it
   * @param fitting so many tasks would fit in
   */
  private String remedy(String size, int fitting) {
    String give =
        heap.local()
            ? "set DECONVNET_MEMORY=%s before ./deconvnet, or --driver-memory %s for spark-submit"
                .formatted(size, size)
            : "set --conf spark.executor.memory=%s, or --executor-memory %s for spark-submit"
                .formatted(size, size);
    String fewer =
        heap.local()
            ? ", or work on fewer images at a time: --master local[%d]"
            : ", or work on fewer images at a time: --conf spark.executor.cores=%d";
    return fitting > 0 ? give + fewer.formatted(fitting) : give;
  }

  private static long sum(List<Long> bytes) {
    return numbers(bytes).sum();
  }

  private static long largest(List<Long> bytes) {
    return numbers(bytes).max().orElse(0);
  }

  private static LongStream numbers(List<Long> bytes) {
    return bytes.stream().mapToLong(Long::longValue);
  }
}
