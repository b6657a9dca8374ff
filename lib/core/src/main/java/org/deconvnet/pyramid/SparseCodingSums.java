package org.deconvnet.pyramid;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Checks;

/**
 * What one round of dictionary learning sums up over descriptors d to lower
 *
 * <pre>Σ_d ½ |d − Σ_i w_i(d) u_i|² + λ Σ_i w_i(d),   |u_i| = 1</pre>
 *
 * <p>with the weights w of {@link SparseCoding} under the words of the round. The next words
 * minimise it for these weights ({@link DictionarySums}). Source: Mairal, Bach, Ponce and Sapiro,
 * JMLR 2010, algorithm 2. Memory: 4 words² + 8 words x dimension bytes. Not thread-safe.
 */
public final class SparseCodingSums implements CodebookSums<SparseCodingSums> {
  private static final long serialVersionUID = 1;

  private final int dimension;
  private final SparseCoding coding;
  private final DictionarySums sums;

  public SparseCodingSums(int words, int dimension, SparseCoding coding) {
    this.dimension = dimension;
    this.coding = coding;
    this.sums = new DictionarySums(words, dimension);
  }

  /**
   * @param codebook of words at unit norm, see {@link Codebook#atUnitNorm}
   */
  @Override
  public void add(float[] descriptors, Codebook codebook, ArrayKernels kernels) {
    Checks.equal("sparse coding: dimension", dimension, codebook.dimension());
    NearestWords nearest = NearestWords.of(descriptors, codebook, coding.neighbours(), kernels);
    WordWeights weights = coding.code(codebook, nearest);
    float[] term = new float[dimension];
    for (int d = 0; d < weights.count(); d++) {
      for (int p = 0; p < weights.perDescriptor(); p++) {
        float weight = weights.weight(d, p);
        if (weight > 0) {
          sums.addDescriptor(descriptors, d, weights.word(d, p), weight, term);
          addProducts(weights, d, p);
        }
      }
    }
  }

  /** A pair's product with itself and with the pairs before it: each two words once. */
  private void addProducts(WordWeights weights, int d, int pair) {
    for (int other = 0; other <= pair; other++) {
      double product = (double) weights.weight(d, pair) * weights.weight(d, other);
      if (product > 0) {
        sums.addProduct(weights.word(d, pair), weights.word(d, other), product);
      }
    }
  }

  @Override
  public SparseCodingSums merge(SparseCodingSums other) {
    sums.merge(other.sums);
    return this;
  }

  @Override
  public Codebook next(Codebook previous) {
    return sums.next(previous);
  }
}
