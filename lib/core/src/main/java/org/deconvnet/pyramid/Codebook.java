package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * A vocabulary of K words, each a centre of D numbers. The centres are shared with the caller, who
 * must not change them. Thread-safe.
 */
public final class Codebook implements Serializable {
  private static final long serialVersionUID = 1;

  private final int dimension;
  private final float[] centres;
  private final float[] halfSquaredNorms;

  /**
   * @param centres (word, dimension), words x dimension numbers
   * @throws IllegalArgumentException if the number of entries is wrong or one is not finite
   */
  public Codebook(int words, int dimension, float[] centres) {
    Checks.atLeast("codebook: words", 1, words);
    Checks.atLeast("codebook: dimension", 1, dimension);
    Checks.equal("codebook: numbers", Math.multiplyExact(words, dimension), centres.length);
    this.dimension = dimension;
    this.centres = centres;
    this.halfSquaredNorms = new float[words];
    for (int k = 0; k < words; k++) {
      halfSquaredNorms[k] = (float) (squaredNorm(k) / 2);
      if (!Float.isFinite(halfSquaredNorms[k])) {
        throw new IllegalArgumentException(
            "codebook: expected finite numbers, got a word %d of norm %s"
                .formatted(k, Math.sqrt(squaredNorm(k))));
      }
    }
  }

  private double squaredNorm(int word) {
    double squares = 0;
    for (int d = word * dimension; d < (word + 1) * dimension; d++) {
      squares += (double) centres[d] * centres[d];
    }
    return squares;
  }

  public int words() {
    return halfSquaredNorms.length;
  }

  public int dimension() {
    return dimension;
  }

  /** The numbers themselves, (word, dimension), shared. */
  public float[] centres() {
    return centres;
  }

  float halfSquaredNorm(int word) {
    return halfSquaredNorms[word];
  }
}
