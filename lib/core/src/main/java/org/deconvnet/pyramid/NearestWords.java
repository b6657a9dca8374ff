package org.deconvnet.pyramid;

import java.util.Arrays;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Checks;

/**
 * The m nearest words of every descriptor of an image, nearest first; of equally near words the
 * lowest index comes first. A vocabulary of fewer than m words is used whole. Every {@link Coding}
 * starts from here, so several of them share one search. Thread-safe as long as nobody writes to
 * its arrays.
 */
public final class NearestWords {
  private final int perDescriptor;
  private final int[] words;
  private final float[] scores;

  private NearestWords(int perDescriptor, int[] words, float[] scores) {
    this.perDescriptor = perDescriptor;
    this.words = words;
    this.scores = scores;
  }

  /**
   * Searches the words of all descriptors, as one matrix product in blocks.
   *
   * @param neighbours words m to find for each
   * @param kernels any: all give the same bits
   * @throws IllegalArgumentException if the descriptors' dimension is not the words'
   */
  public static NearestWords of(
      Descriptors descriptors, Codebook codebook, int neighbours, ArrayKernels kernels) {
    Checks.equal("codebook: descriptor dimension", codebook.dimension(), descriptors.dimension());
    return of(descriptors.values(), codebook, neighbours, kernels);
  }

  /** As above, for descriptors that lie on no grid: (descriptor, dimension). */
  public static NearestWords of(
      float[] descriptors, Codebook codebook, int neighbours, ArrayKernels kernels) {
    Checks.atLeast("nearest words: neighbours", 1, neighbours);
    int kept = Math.min(neighbours, codebook.words());
    int[] words = new int[descriptors.length / codebook.dimension() * kept];
    float[] scores = new float[words.length];
    Arrays.fill(scores, Float.POSITIVE_INFINITY);
    WordScores block = new WordScores(codebook, descriptors, kernels);
    float[] farthest = new float[block.capacity()];
    while (block.next()) {
      Arrays.fill(farthest, Float.POSITIVE_INFINITY);
      for (int k = 0; k < codebook.words(); k++) {
        keep(block, k, kept, words, scores, farthest);
      }
    }
    return new NearestWords(kept, words, scores);
  }

  /**
   * Compares a word with all descriptors of a block. Few words are nearer than the farthest that a
   * descriptor keeps, so those stand in an array of their own, in the order of the comparison.
   */
  private static void keep(
      WordScores block, int word, int kept, int[] words, float[] scores, float[] farthest) {
    block.below(
        word,
        farthest,
        (i, score) -> {
          int from = (block.first() + i) * kept;
          insert(words, scores, from, kept, word, score);
          farthest[i] = scores[from + kept - 1];
        });
  }

  /** Puts a score among the {@code kept} least from {@code from} on; an equal one goes behind. */
  private static void insert(
      int[] words, float[] scores, int from, int kept, int word, float score) {
    int at = from + kept - 1;
    for (; at > from && score < scores[at - 1]; at--) {
      scores[at] = scores[at - 1];
      words[at] = words[at - 1];
    }
    words[at] = word;
    scores[at] = score;
  }

  /** How many words each descriptor has here. */
  public int perDescriptor() {
    return perDescriptor;
  }

  public int count() {
    return words.length / perDescriptor;
  }

  /** The word of that rank (0: nearest) for a descriptor. */
  public int word(int descriptor, int rank) {
    return words[descriptor * perDescriptor + rank];
  }

  /** Half the squared distance to that word, less half the descriptor's own squared norm. */
  public float score(int descriptor, int rank) {
    return scores[descriptor * perDescriptor + rank];
  }

  /** The words of the {@code kept} first ranks, (descriptor, rank), newly allocated. */
  int[] first(int kept) {
    int[] some = new int[count() * kept];
    for (int i = 0; i < count(); i++) {
      System.arraycopy(words, i * perDescriptor, some, i * kept, kept);
    }
    return some;
  }
}
