package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * A vocabulary of K words, each a centre of D numbers, kept as 1 x 1 filters so that a convolution
 * engine compares them with descriptors. The centres are shared with the caller, who must not
 * change them. Thread-safe; the engine passed in is not.
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

  /**
   * The nearest word of every descriptor d: the one of least {@code |c|²/2 − ⟨c, d⟩}, which orders
   * words as the Euclidean distance does. Of equally near words the lowest index is taken.
   *
   * @return word of each descriptor, in the order of the grid
   * @throws IllegalArgumentException if the descriptors' dimension is not the words'
   */
  public int[] nearest(DescriptorGrid grid, ConvolutionEngine engine) {
    int[] words = new int[grid.count()];
    WordScores scores = new WordScores(this, grid, engine);
    while (scores.next()) {
      float[] best = new float[scores.count()];
      for (int k = 0; k < words(); k++) {
        for (int i = 0; i < best.length; i++) {
          float score = scores.get(k, i);
          if (k == 0 || score < best[i]) {
            best[i] = score;
            words[scores.first() + i] = k;
          }
        }
      }
    }
    return words;
  }

  FilterBank filters() {
    return centres;
  }

  float halfSquaredNorm(int word) {
    return halfSquaredNorms[word];
  }
}
