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
  private transient volatile float[] cosines;

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

  /** The same directions, each word brought to unit norm; a word of zeros stays. */
  public Codebook atUnitNorm() {
    float[] scaled = centres.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= inverseNorm(i / dimension);
    }
    return new Codebook(words(), dimension, scaled);
  }

  float halfSquaredNorm(int word) {
    return halfSquaredNorms[word];
  }

  /** 1 / |c_k|, and 0 for a word of zeros, which has no direction. */
  float inverseNorm(int word) {
    float norm = (float) Math.sqrt(2 * halfSquaredNorms[word]);
    return norm > 0 ? 1 / norm : 0;
  }

  /**
   * Cosines of the angles between words, (word, word); a word of zeros has 1 with itself and 0 with
   * all others. Computed when first asked for, words² x dimension / 2 multiplications; 4 words²
   * bytes that do not travel with the codebook. Shared.
   */
  public float[] cosines() {
    if (cosines == null) {
      synchronized (this) {
        if (cosines == null) {
          cosines = computeCosines();
        }
      }
    }
    return cosines;
  }

  private float[] computeCosines() {
    int words = words();
    float[] all = new float[words * words];
    for (int a = 0; a < words; a++) {
      for (int b = 0; b < a; b++) {
        double product = InnerProduct.of(centres, a * dimension, centres, b * dimension, dimension);
        all[a * words + b] = (float) product * inverseNorm(a) * inverseNorm(b);
        all[b * words + a] = all[a * words + b];
      }
      all[a * words + a] = 1;
    }
    return all;
  }
}
