package org.deconvnet.pyramid;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Scores {@code |c|²/2 − ⟨c, d⟩} of all words against the descriptors of a grid, block by block.
 * One block is an image of D channels and one row of pixels, a descriptor each, so the inner
 * products are the engine's {@code adjoint} with 1 x 1 filters. Blocks bound the memory to words x
 * {@value #BLOCK} numbers whatever the image. Not thread-safe.
 */
final class WordScores {
  private static final int BLOCK = 1024;

  private final Codebook codebook;
  private final DescriptorGrid grid;
  private final ConvolutionEngine engine;
  private int first;
  private int count;
  private FeatureMaps products;

  WordScores(Codebook codebook, DescriptorGrid grid, ConvolutionEngine engine) {
    Checks.equal("codebook: descriptor dimension", codebook.dimension(), grid.dimension());
    this.codebook = codebook;
    this.grid = grid;
    this.engine = engine;
  }

  /** Goes to the next block; false when all descriptors are done. */
  boolean next() {
    first += count;
    count = Math.min(BLOCK, grid.count() - first);
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
    int dimension = grid.dimension();
    float[] image = new float[dimension * count];
    float[] values = grid.values();
    for (int i = 0; i < count; i++) {
      int from = (first + i) * dimension;
      for (int d = 0; d < dimension; d++) {
        image[d * count + i] = values[from + d];
      }
    }
    return FeatureMaps.of(new Shape(dimension, 1, count), image);
  }

  /** Grid index of the block's first descriptor. */
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
