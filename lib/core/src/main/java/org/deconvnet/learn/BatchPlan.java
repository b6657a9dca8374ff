package org.deconvnet.learn;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Which batch an image belongs to, from the ids and the seed alone: the same for any partitioning,
 * any order of reading and any number of executors. A small corpus is dealt out evenly, by the rank
 * of each id's hash; a large one by the hash itself, which needs no list of ids and comes out even
 * enough. Immutable and thread-safe.
 */
public final class BatchPlan implements Serializable {
  private static final long serialVersionUID = 1;

  /** Images up to which batches are dealt out evenly; their hashes take 80 kB. */
  public static final int LARGEST_EVEN = 10_000;

  private static final int SAMPLE = 2;

  private final int batches;
  private final long seed;

  /** The hashes of all ids, ascending; empty for a large corpus. */
  private final long[] hashes;

  private BatchPlan(int batches, long seed, long[] hashes) {
    this.batches = batches;
    this.seed = seed;
    this.hashes = hashes;
  }

  /** For few images, whose ids are known: sizes of batches differ by one at most. */
  public static BatchPlan even(Collection<String> ids, int batchSize, long seed) {
    long[] hashes = ids.stream().mapToLong(id -> mix(id, seed)).sorted().toArray();
    return new BatchPlan(batches(ids.size(), batchSize), seed, hashes);
  }

  /** For many images. */
  public static BatchPlan hashed(long images, int batchSize, long seed) {
    return new BatchPlan(batches(images, batchSize), seed, new long[0]);
  }

  private static int batches(long images, int batchSize) {
    return (int) Math.max(1, Math.round((double) images / batchSize));
  }

  /** Number of batches of about the size asked for. */
  public int batches() {
    return batches;
  }

  public int batchOf(String id) {
    return hashes.length == 0
        ? (int) Long.remainderUnsigned(mix(id, seed), batches)
        : (int) ((long) rank(id) * batches / hashes.length);
  }

  /**
   * Which of so many partitions of its batch an image lies in where its size is not known: decides
   * speed, never results.
   */
  public int partOf(String id, int partitions) {
    return (int) Long.remainderUnsigned(mix(id, seed + 1), partitions);
  }

  private int rank(String id) {
    int rank = Arrays.binarySearch(hashes, mix(id, seed));
    if (rank < 0) {
      throw new IllegalArgumentException(
          "batches: expected an id that they were planned for, got '%s'".formatted(id));
    }
    return rank;
  }

  /** A well-mixed 64-bit number of an id and a seed (FNV-1a, then a finaliser). */
  public static long mix(String id, long seed) {
    long h = 0xcbf29ce484222325L ^ (seed * 0x9E3779B97F4A7C15L);
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001b3L;
    }
    h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
    h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
    return h ^ (h >>> 32);
  }

  /** The images with the smallest ids. */
  public static <T> List<T> sample(List<T> images, Function<T, String> id) {
    return images.stream().sorted(Comparator.comparing(id)).limit(SAMPLE).toList();
  }

  /** How many images a batch's sample holds at most. */
  public static int sampleSize() {
    return SAMPLE;
  }
}
