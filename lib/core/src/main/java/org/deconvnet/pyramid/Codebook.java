package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * A vocabulary of K words, each a centre of D numbers, kept as 1 x 1 filters so that a convolution
 * engine compares them with descriptors. The centres are shared with the caller, who must not
 * change them. Thread-safe.
 */
public final class Codebook implements Serializable {
  private static final long serialVersionUID = 1;

  private final FilterBank centres;
  private final float[] halfSquaredNorms;

  /**
   * @param centres (word, dimension), words x dimension numbers
   * @throws IllegalArgumentException if the number of entries is wrong or one is not finite
   */
  public Codebook(int words, int dimension, float[] centres) {
    Checks.atLeast("codebook: words", 1, words);
    Checks.atLeast("codebook: dimension", 1, dimension);
    Checks.equal("codebook: numbers", Math.multiplyExact(words, dimension), centres.length);
    this.centres = FilterBank.of(Connectivity.full(words, dimension), 1, centres);
    this.halfSquaredNorms = new float[words];
    for (int k = 0; k < words; k++) {
      double norm = this.centres.norm(k);
      if (!Double.isFinite(norm)) {
        throw new IllegalArgumentException(
            "codebook: expected finite numbers, got a word %d of norm %s".formatted(k, norm));
      }
      halfSquaredNorms[k] = (float) (norm * norm / 2);
    }
  }

  public int words() {
    return centres.maps();
  }

  public int dimension() {
    return centres.channels();
  }

  /** The numbers themselves, (word, dimension), shared. */
  public float[] centres() {
    return centres.data();
  }

  FilterBank filters() {
    return centres;
  }

  float halfSquaredNorm(int word) {
    return halfSquaredNorms[word];
  }
}
