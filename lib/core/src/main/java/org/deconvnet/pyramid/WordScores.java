package org.deconvnet.pyramid;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Checks;

/**
 * Scores {@code |c|²/2 − ⟨c, d⟩} of all words against descriptors, block by block, as matrix
 * products. Blocks bound the memory to words x {@value #BLOCK} numbers whatever the image. Not
 * thread-safe.
 */
final class WordScores {
  private static final int BLOCK = 48;

  private final Codebook codebook;
  private final float[] descriptors;
  private final ArrayKernels kernels;
  private int first;
  private int count;
  private final float[] block;
  private final float[] products;

  /**
   * @param descriptors (descriptor, dimension)
   */
  WordScores(Codebook codebook, float[] descriptors, ArrayKernels kernels) {
    Checks.equal(
        "codebook: numbers over whole descriptors", 0, descriptors.length % codebook.dimension());
    this.codebook = codebook;
    this.descriptors = descriptors;
    this.kernels = kernels;
    block = new float[codebook.dimension() * BLOCK];
    products = new float[codebook.words() * BLOCK];
  }

  /** Most descriptors in a block. */
  int capacity() {
    return BLOCK;
  }

  /** Goes to the next block; false when all descriptors are done. */
  boolean next() {
    first += count;
    count = Math.min(BLOCK, descriptors.length / codebook.dimension() - first);
    if (count == 0) {
      return false;
    }
    turn();
    kernels.product(
        codebook.centres(), codebook.words(), codebook.dimension(), block, BLOCK, products);
    return true;
  }

  /** The block's descriptors side by side, (dimension, descriptor); old ones fill up the last. */
  private void turn() {
    int dimension = codebook.dimension();
    for (int i = 0; i < count; i++) {
      int from = (first + i) * dimension;
      for (int d = 0; d < dimension; d++) {
        block[d * BLOCK + i] = descriptors[from + d];
      }
    }
  }

  /** Index of the block's first descriptor. */
  int first() {
    return first;
  }

  /** Descriptors in the block. */
  int count() {
    return count;
  }

  /**
   * Goes through the scores of a word, the least being the nearest.
   *
   * @param limits one a descriptor of the block
   * @param nearer takes the descriptors whose score is below their limit
   */
  void below(int word, float[] limits, Nearer nearer) {
    float half = codebook.halfSquaredNorm(word);
    int at = word * BLOCK;
    for (int i = 0; i < count; i++) {
      float score = half - products[at + i];
      if (score < limits[i]) {
        nearer.take(i, score);
      }
    }
  }

  /** What happens to a descriptor of the block that a word is near to. */
  interface Nearer {
    void take(int descriptor, float score);
  }
}
