package org.deconvnet.learn;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * Which batch an image belongs to, from its id and the seed alone: the same for any partitioning,
 * any order of reading and any number of executors. Thread-safe.
 */
public final class BatchPlan {
  private static final int SAMPLE = 2;

  private BatchPlan() {}

  /** Batches needed for batches of about {@code batchSize} images. */
  public static int batches(long images, int batchSize) {
    return (int) Math.max(1, Math.round((double) images / batchSize));
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

  public static int batchOf(String id, long seed, int batches) {
    return (int) Long.remainderUnsigned(mix(id, seed), batches);
  }

  /** The images with the smallest ids. */
  static List<TrainingImage> sample(List<TrainingImage> images) {
    return images.stream().sorted(Comparator.comparing(TrainingImage::id)).limit(SAMPLE).toList();
  }

  /** How many images a {@link TrainingBatch#sample} holds at most. */
  public static int sampleSize() {
    return SAMPLE;
  }
}
