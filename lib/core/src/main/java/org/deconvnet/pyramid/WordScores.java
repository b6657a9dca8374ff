package org.deconvnet.pyramid;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Scores {@code |c|²/2 − ⟨c, d⟩} of all words against descriptors, block by block. One block is an
 * image of D channels and one row of pixels, a descriptor each, so the inner products are the
 * engine's {@code adjoint} with 1 x 1 filters. Blocks bound the memory to words x {@value #BLOCK}
 * numbers whatever the image. Not thread-safe.
 */
final class WordScores {
  private static final int BLOCK = 1024;

  private final Codebook codebook;
  private final float[] descriptors;
  private final ConvolutionEngine engine;
  private int first;
  private int count;
  private FeatureMaps products;

  /**
   * @param descriptors (descriptor, dimension)
   */
  WordScores(Codebook codebook, float[] descriptors, ConvolutionEngine engine) {
    Checks.equal(
        "codebook: numbers over whole descriptors", 0, descriptors.length % codebook.dimension());
    this.codebook = codebook;
    this.descriptors = descriptors;
    this.engine = engine;
  }

  /** Most descriptors in a block. */
  int capacity() {
    return Math.min(BLOCK, descriptors.length / codebook.dimension());
  }

  /** Goes to the next block; false when all descriptors are done. */
  boolean next() {
    first += count;
    count = Math.min(BLOCK, descriptors.length / codebook.dimension() - first);
    if (count == 0) {
      return false;
    }
    Shape shape = new Shape(codebook.words(), 1, count);
    if (products == null || !products.shape().equals(shape)) {
      products = FeatureMaps.zeros(shape);
    }
    engine.adjoint(codebook.filters(), channelMajor(), products);
    return true;
  }

  /** The block's descriptors, (dimension, 1, descriptor). */
  private FeatureMaps channelMajor() {
    int dimension = codebook.dimension();
    float[] image = new float[dimension * count];
    for (int i = 0; i < count; i++) {
      int from = (first + i) * dimension;
      for (int d = 0; d < dimension; d++) {
        image[d * count + i] = descriptors[from + d];
      }
    }
    return FeatureMaps.of(new Shape(dimension, 1, count), image);
  }

  /** Index of the block's first descriptor. */
  int first() {
    return first;
  }

  /** Descriptors in the block. */
  int count() {
    return count;
  }

  /** Score of a word and the block's i-th descriptor; least is nearest. */
  float get(int word, int i) {
    return codebook.halfSquaredNorm(word) - products.data()[word * count + i];
  }
}
