package org.deconvnet.network.gradient;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalInt;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Which images form a ghost group, and which groups a batch, from the ids and the seed alone. Ids
 * are ranked by their hash; N neighbours are a group, B neighbouring groups a batch. The last batch
 * may have fewer groups. Images that fill no group are left out. Memory: 8 bytes an image.
 * Immutable and thread-safe.
 */
public final class GhostGroups implements Serializable {
  private static final long serialVersionUID = 1;

  private final long[] hashes;
  private final int images;
  private final int each;
  private final long seed;

  private GhostGroups(long[] hashes, int images, int each, long seed) {
    this.hashes = hashes;
    this.images = images;
    this.each = each;
    this.seed = seed;
  }

  /**
   * @param images N, of a group, from 1
   * @param groups B, of a batch, from 1
   * @throws UserErrorException if there are fewer images than a group has, or an id comes twice
   */
  public static GhostGroups of(Collection<String> ids, int images, int groups, long seed) {
    long[] hashes = ids.stream().mapToLong(id -> hash(id, seed)).toArray();
    return ofHashes(hashes, images, groups, seed);
  }

  /**
   * As {@link #of}, where only the hashes of ids are at hand.
   *
   * @param hashes of {@link #hash}, in any order
   */
  public static GhostGroups ofHashes(long[] hashes, int images, int groups, long seed) {
    Checks.atLeast("ghost group: images", 1, images);
    Checks.atLeast("batch: ghost groups", 1, groups);
    if (hashes.length < images) {
      throw new UserErrorException(
          "training: expected at least %d images, as many as a ghost group has, got %d; give more images, or a smaller group"
              .formatted(images, hashes.length));
    }
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new UserErrorException("training: expected an id of its own for each image");
      }
    }
    return new GhostGroups(sorted, images, groups, seed);
  }

  /** What ids are ranked by. */
  public static long hash(String id, long seed) {
    return BatchPlan.mix(id, seed);
  }

  /** N: images of a group. */
  public int images() {
    return images;
  }

  /** Groups of all batches. */
  public int groups() {
    return hashes.length / images;
  }

  /** Images that fill no group. */
  public int leftOut() {
    return hashes.length % images;
  }

  public int batches() {
    return (groups() + each - 1) / each;
  }

  /** B: the most groups that a batch has. */
  public int mostGroups() {
    return Math.min(each, groups());
  }

  /** Groups of a batch, numbered from 0. */
  public int groupsOf(int batch) {
    return Math.min(each, groups() - batch * each);
  }

  public int batchOf(int group) {
    return group / each;
  }

  /** The group of a place in the order of ranks. */
  public int groupOf(int rank) {
    return rank / images;
  }

  /**
   * An image's place in the order of ranks, from 0; empty for one that is left out.
   *
   * @throws IllegalArgumentException for an id that was not planned for
   */
  public OptionalInt rank(String id) {
    int rank = Arrays.binarySearch(hashes, hash(id, seed));
    if (rank < 0) {
      throw new IllegalArgumentException(
          "ghost groups: expected an id that they were planned for, got '%s'".formatted(id));
    }
    return rank < groups() * images ? OptionalInt.of(rank) : OptionalInt.empty();
  }
}
