package org.deconvnet.pyramid;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.Checks;

/**
 * What one round of dictionary learning sums up over descriptors d to lower
 *
 * <pre>Σ_d ½ |d − Σ_i w_i(d) u_i|² + λ Σ_i w_i(d),   |u_i| = 1</pre>
 *
 * <p>with the weights w of {@link SparseCoding} under the words of the round: A = Σ_d w wᵀ and B =
 * Σ_d w dᵀ. The next words minimise it for these weights, one after the other: {@code u_i ← B_i −
 * Σ_j≠i A_ij u_j}, brought to unit norm, in {@value #PASSES} passes. Source: Mairal, Bach, Ponce
 * and Sapiro, JMLR 2010, algorithm 2. Memory: 4 words² + 8 words x dimension bytes. Not
 * thread-safe.
 */
public final class SparseCodingSums implements CodebookSums<SparseCodingSums> {
  private static final long serialVersionUID = 1;
  private static final int PASSES = 3;

  private final int words;
  private final int dimension;
  private final SparseCoding coding;
  private final FixedPointSum weightProducts;
  private final FixedPointSum weighted;

  public SparseCodingSums(int words, int dimension, SparseCoding coding) {
    this.words = words;
    this.dimension = dimension;
    this.coding = coding;
    this.weightProducts = new FixedPointSum(triangle(words, 0));
    this.weighted = new FixedPointSum(Math.multiplyExact(words, dimension));
  }

  /** Place of A_ij in the lower triangle, j not above i. */
  private static int triangle(int i, int j) {
    return i * (i + 1) / 2 + j;
  }

  private static int place(int a, int b) {
    return a < b ? triangle(b, a) : triangle(a, b);
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
          addDescriptor(descriptors, d, weights.word(d, p), weight, term);
          addProducts(weights, d, p);
        }
      }
    }
  }

  private void addDescriptor(float[] descriptors, int d, int word, float weight, float[] term) {
    for (int i = 0; i < dimension; i++) {
      term[i] = weight * descriptors[d * dimension + i];
    }
    weighted.add(word * dimension, term);
  }

  /** A pair's product with itself and with the pairs before it: each two words once. */
  private void addProducts(WordWeights weights, int d, int pair) {
    for (int other = 0; other <= pair; other++) {
      double product = (double) weights.weight(d, pair) * weights.weight(d, other);
      if (product > 0) {
        weightProducts.add(place(weights.word(d, pair), weights.word(d, other)), product);
      }
    }
  }

  @Override
  public SparseCodingSums merge(SparseCodingSums other) {
    weightProducts.merge(other.weightProducts);
    weighted.merge(other.weighted);
    return this;
  }

  /** Words at unit norm; one that no descriptor has a weight for stays where it was. */
  @Override
  public Codebook next(Codebook previous) {
    double[] centres = new double[words * dimension];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = previous.centres()[i];
    }
    double[] moved = new double[dimension];
    for (int pass = 0; pass < PASSES; pass++) {
      for (int word = 0; word < words; word++) {
        if (weightProducts.get(triangle(word, word)) > 0) {
          move(word, centres, moved);
        }
      }
    }
    float[] next = new float[centres.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = (float) centres[i];
    }
    return new Codebook(words, dimension, next);
  }

  private void move(int word, double[] centres, double[] moved) {
    for (int d = 0; d < dimension; d++) {
      moved[d] = weighted.get(word * dimension + d);
    }
    for (int other = 0; other < words; other++) {
      double weight = other == word ? 0 : weightProducts.get(place(word, other));
      if (weight != 0) {
        for (int d = 0; d < dimension; d++) {
          moved[d] -= weight * centres[other * dimension + d];
        }
      }
    }
    double squares = 0;
    for (double m : moved) {
      squares += m * m;
    }
    // With all other words fixed the objective's only term that turns with u is −⟨u, moved⟩.
    for (int d = 0; squares > 0 && d < dimension; d++) {
      centres[word * dimension + d] = moved[d] / Math.sqrt(squares);
    }
  }
}
