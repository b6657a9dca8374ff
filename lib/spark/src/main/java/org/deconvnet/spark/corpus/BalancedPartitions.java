package org.deconvnet.spark.corpus;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.deconvnet.learn.BatchPlan;

/**
 * Which partition an image is worked on in, so that all have about the same weight: bytes or
 * pixels. Heavy images are dealt out one by one, the heaviest first, each to the lightest
 * partition; the light rest, however many, goes by its ids' hashes into the room that is left. So a
 * driver needs to know the heavy ones alone. Ids and weights decide, never an order of reading.
 * Immutable and thread-safe.
 */
public final class BalancedPartitions implements Serializable {
  private static final long serialVersionUID = 1;

  /** A light image weighs less than this share of a partition. */
  private static final double LIGHT = 1 / 32.0;

  private static final long SEED = 0;

  /** An image's id and its bytes or pixels. */
  public record Weighted(String id, long weight) implements Serializable {}

  private final Map<String, Integer> dealt = new HashMap<>();

  /** Where each partition's room for light images ends, summed up. */
  private final double[] roomEnds;

  private BalancedPartitions(Collection<Weighted> heavy, double light, int partitions) {
    double[] loads = deal(heavy, partitions);
    double level = level(loads, light);
    roomEnds = new double[partitions];
    double end = 0;
    for (int p = 0; p < partitions; p++) {
      end += Math.max(0, level - loads[p]);
      roomEnds[p] = end;
    }
  }

  /** How full partitions are once the light images have filled the emptier ones up evenly. */
  private static double level(double[] loads, double light) {
    double[] ascending = loads.clone();
    Arrays.sort(ascending);
    double sum = light;
    double level = 0;
    for (int p = 0; p < ascending.length && (p == 0 || ascending[p] < level); p++) {
      sum += ascending[p];
      level = sum / (p + 1);
    }
    return level;
  }

  /** The weight from which on an image is heavy; at most 32 images a partition are. */
  static double heavyFrom(double total, int partitions) {
    return total * LIGHT / partitions;
  }

  /**
   * @param heavy each image that weighs at least {@link #heavyFrom}; more do no harm
   * @param light what all other images weigh together
   */
  public static BalancedPartitions of(Collection<Weighted> heavy, double light, int partitions) {
    return new BalancedPartitions(heavy, light, partitions);
  }

  private double[] deal(Collection<Weighted> heavy, int partitions) {
    double[] loads = new double[partitions];
    PriorityQueue<Integer> lightest =
        new PriorityQueue<>(
            Comparator.comparingDouble((Integer p) -> loads[p]).thenComparingInt(p -> p));
    for (int p = 0; p < partitions; p++) {
      lightest.add(p);
    }
    heavy.stream()
        .sorted(Comparator.comparingLong(Weighted::weight).reversed().thenComparing(Weighted::id))
        .forEach(
            image -> {
              int p = lightest.remove();
              loads[p] += image.weight;
              lightest.add(p);
              dealt.put(image.id, p);
            });
    return loads;
  }

  /** From 0 to the number of partitions, exclusive. */
  public int partitionOf(String id) {
    Integer p = dealt.get(id);
    return p == null ? inTheRoom(id) : p;
  }

  private int inTheRoom(String id) {
    int last = roomEnds.length - 1;
    // 53 bits of the hash, as a share in [0, 1).
    double share = (BatchPlan.mix(id, SEED) >>> 11) * 0x1p-53;
    int at = Arrays.binarySearch(roomEnds, share * roomEnds[last]);
    // At a boundary the room that begins there counts; partitions without room share their end.
    int p = at >= 0 ? at + 1 : -at - 1;
    return Math.min(p, last);
  }
}
