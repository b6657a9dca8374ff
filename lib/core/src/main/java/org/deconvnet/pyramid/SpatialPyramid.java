package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;

/**
 * Word histograms of an image and of its parts. With the share s_d that each descriptor d counts
 * for, level l, cell (i, j) of that level and word k,
 *
 * <pre>H[l,i,j,k] = w_l · Σ_{d in cell (i,j)} s_d · weight of word k for d</pre>
 *
 * <p>with the weights w_l of {@link PyramidOptions#weight}. On a grid of n descriptors s_d = 1/n;
 * of activations described one by one, shares make H the mean of their pyramids. A cell is a 2^l-th
 * of the image's own height and width, and the centre of a patch decides its cell, the later one on
 * a boundary. Entry order is (level, cell row, cell column, word), word fastest. With these weights
 * one histogram intersection of two results is the pyramid match kernel. Source: Lazebnik, Schmid
 * and Ponce, CVPR 2006, section 3.2; Zeiler et al., ICCV 2011, section 4. Thread-safe.
 */
public final class SpatialPyramid {
  private final PyramidOptions options;

  public SpatialPyramid(PyramidOptions options) {
    this.options = options;
  }

  /** Entries of a histogram for a vocabulary of that many words. */
  public int size(int words) {
    return Math.multiplyExact(options.cells(), words);
  }

  /**
   * An empty histogram: with every descriptor added it sums to 1 if the weights of each do, without
   * descriptors it is empty.
   */
  public PyramidPooling sums(int words) {
    return new SummedWeights(options, words, size(words));
  }

  /**
   * Empty maxima: of every word in every cell the largest weight, times the descriptor's own
   * ({@link Descriptors#weight}), at least 0, brought to unit Euclidean norm. Same order of
   * entries, levels unweighted. Source: Yang, Yu, Gong and Huang, CVPR 2009, section 3.
   */
  public PyramidPooling maxima(int words) {
    return new LargestWeights(options, words, size(words));
  }

  /** {@link #sums} of all descriptors of an image, one entry of the codes each. */
  public SparseHistogram histogram(Descriptors descriptors, WordWeights codes, int words) {
    return pooled(sums(words), descriptors, codes);
  }

  /** {@link #maxima(int)} of all descriptors of an image, one entry of the codes each. */
  public SparseHistogram maxima(Descriptors descriptors, WordWeights codes, int words) {
    return pooled(maxima(words), descriptors, codes);
  }

  private static SparseHistogram pooled(
      PyramidPooling pooling, Descriptors descriptors, WordWeights codes) {
    pooling.add(descriptors, codes);
    return pooling.pyramid();
  }
}
