package org.deconvnet.spark.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.pursuit.KsvdSums;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.CodebookSums;
import org.deconvnet.pyramid.LloydSums;
import org.deconvnet.pyramid.SparseCoding;
import org.deconvnet.pyramid.SparseCodingSums;

/**
 * Learns codebooks from a sample of descriptors: executors sum, the driver moves the words. A round
 * sends the codebook out, 4 words x dimension bytes, and brings the sums of each partition back:
 * twice that for K-means, 4 words² more for sparse words and for atoms. Not thread-safe.
 */
public final class CodebookLearning implements AutoCloseable {
  /** Descriptors in an element of the distributed sample. */
  private static final int BLOCK = 1000;

  private final JavaSparkContext context;
  private final String engine;
  private final List<float[]> sample;
  private final JavaRDD<float[]> blocks;

  /**
   * @param engine resolved name
   * @param sample different descriptors, in an order that does not depend on partitions
   */
  public CodebookLearning(SparkSession spark, String engine, List<float[]> sample) {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.engine = engine;
    this.sample = sample;
    this.blocks =
        context
            .parallelize(blocks(sample), context.defaultParallelism())
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Lloyd's algorithm from words drawn by the seed, until they stand still. */
  public Codebook kMeans(int words, int rounds, long seed) {
    int dimension = sample.get(0).length;
    return learn(start(words, seed), rounds, () -> new LloydSums(words, dimension));
  }

  /** Dictionary learning for {@link SparseCoding#DEFAULTS} from the directions of given words. */
  public Codebook sparseWords(Codebook start, int rounds) {
    int words = start.words();
    int dimension = start.dimension();
    return learn(
        start.atUnitNorm(),
        rounds,
        () -> new SparseCodingSums(words, dimension, SparseCoding.DEFAULTS));
  }

  /**
   * Approximate K-SVD from directions of the sample drawn by the seed, until atoms stand still.
   *
   * @param sparsity atoms of a code at most
   */
  public Codebook atoms(int atoms, int sparsity, int rounds, long seed) {
    int dimension = sample.get(0).length;
    return learn(
        start(atoms, seed).atUnitNorm(), rounds, () -> new KsvdSums(atoms, dimension, sparsity));
  }

  private interface Sums<S> extends Supplier<S>, Serializable {}

  private <S extends CodebookSums<S>> Codebook learn(Codebook start, int rounds, Sums<S> empty) {
    Codebook codebook = start;
    for (int round = 0; round < rounds; round++) {
      Codebook next = round(context, blocks, codebook, engine, empty);
      if (Arrays.equals(next.centres(), codebook.centres())) {
        break;
      }
      codebook = next;
    }
    return codebook;
  }

  private Codebook start(int words, long seed) {
    int dimension = sample.get(0).length;
    float[] centres = new float[Math.multiplyExact(words, dimension)];
    int[] chosen =
        new Random(BatchPlan.mix("codebook", seed))
            .ints(0, sample.size())
            .distinct()
            .limit(words)
            .toArray();
    for (int k = 0; k < words; k++) {
      System.arraycopy(sample.get(chosen[k]), 0, centres, k * dimension, dimension);
    }
    return new Codebook(words, dimension, centres);
  }

  private static <S extends CodebookSums<S>> Codebook round(
      JavaSparkContext context,
      JavaRDD<float[]> blocks,
      Codebook codebook,
      String engine,
      Sums<S> empty) {
    Broadcast<Codebook> shared = context.broadcast(codebook);
    S sums =
        blocks
            .mapPartitions(
                (Iterator<float[]> part) -> sums(part, shared.value(), engine, empty.get()))
            .treeReduce(CodebookSums::merge);
    shared.destroy();
    return sums.next(codebook);
  }

  private static <S extends CodebookSums<S>> Iterator<S> sums(
      Iterator<float[]> blocks, Codebook codebook, String name, S sums) {
    ArrayKernels kernels = ConvolutionEngines.create(name).kernels();
    blocks.forEachRemaining(block -> sums.add(block, codebook, kernels));
    return List.of(sums).iterator();
  }

  /** Descriptors in runs of {@value #BLOCK}, (descriptor, dimension) each. */
  private static List<float[]> blocks(List<float[]> sample) {
    int dimension = sample.get(0).length;
    List<float[]> blocks = new ArrayList<>();
    for (int from = 0; from < sample.size(); from += BLOCK) {
      int count = Math.min(BLOCK, sample.size() - from);
      float[] block = new float[count * dimension];
      for (int i = 0; i < count; i++) {
        System.arraycopy(sample.get(from + i), 0, block, i * dimension, dimension);
      }
      blocks.add(block);
    }
    return blocks;
  }

  @Override
  public void close() {
    blocks.unpersist(false);
  }
}
