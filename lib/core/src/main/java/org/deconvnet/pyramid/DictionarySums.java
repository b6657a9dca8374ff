package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.sums.FixedPointSum;

/**
 * What words at unit norm need to know of descriptors d and their weights w to lower
 *
 * <pre>Σ_d |d − Σ_i w_i(d) u_i|²,   |u_i| = 1</pre>
 *
 * <p>with the weights as they are: A = Σ_d w wᵀ and B = Σ_d w dᵀ, exact sums. The words minimise it
 * one after the other: {@code u_i ← B_i − Σ_j≠i A_ij u_j}, brought to unit norm, in {@value
 * #PASSES} passes. Source: Mairal, Bach, Ponce and Sapiro, JMLR 2010, algorithm 2. Memory: 4 words²
 * + 8 words x dimension bytes. Not thread-safe.
 */
public final class DictionarySums implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int PASSES = 3;

  private final int words;
  private final int dimension;
  private final FixedPointSum weightProducts;
  private final FixedPointSum weighted;

  public DictionarySums(int words, int dimension) {
    this.words = words;
    this.dimension = dimension;
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
   * Adds a descriptor to B.
   *
   * @param descriptors (descriptor, dimension)
   * @param term scratch of as many numbers as a descriptor has
   */
  public void addDescriptor(
      float[] descriptors, int descriptor, int word, float weight, float[] term) {
    for (int i = 0; i < dimension; i++) {
      term[i] = weight * descriptors[descriptor * dimension + i];
    }
    weighted.add(word * dimension, term);
  }

  /** Adds the product of two weights of a descriptor to A; each two words once. */
  public void addProduct(int word, int other, double product) {
    weightProducts.add(place(word, other), product);
  }

  /** Adds the sums of other descriptors. */
  public void merge(DictionarySums other) {
    weightProducts.merge(other.weightProducts);
    weighted.merge(other.weighted);
  }

  /** Words at unit norm; one that no descriptor has a weight for stays where it was. */
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
