package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * A vocabulary of K words, each a centre of D numbers. The centres are shared with the caller, who
 * must not change them. Thread-safe.
 */
public final class Codebook implements Serializable {
  private static final long serialVersionUID = 1;

  /** 48 descriptors of so many numbers take 192 KB: about the second cache of a core. */
  private static final int LONGEST_PART = 1024;

  private final int dimension;
  private final float[] centres;
  private final float[] halfSquaredNorms;
  private transient volatile float[] cosines;
  private transient volatile float[][] parts;

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

  /** Numbers of a word in each of {@link #parts}, but perhaps fewer in the last. */
  int partLength() {
    int parts = (dimension + LONGEST_PART - 1) / LONGEST_PART;
    return (dimension + parts - 1) / parts;
  }

  /**
   * The words cut into parts of about equal length, none above {@value #LONGEST_PART} numbers:
   * (part, word, number within the part). A single part is the words themselves, several are a copy
   * that does not travel with the codebook. Shared.
   */
  float[][] parts() {
    if (parts == null) {
      synchronized (this) {
        if (parts == null) {
          parts = dimension <= LONGEST_PART ? new float[][] {centres} : cut();
        }
      }
    }
    return parts;
  }

  private float[][] cut() {
    int length = partLength();
    float[][] cut = new float[(dimension + length - 1) / length][];
    for (int p = 0; p < cut.length; p++) {
      int numbers = Math.min(length, dimension - p * length);
      cut[p] = new float[words() * numbers];
      for (int k = 0; k < words(); k++) {
        int from = k * dimension + p * length;
        System.arraycopy(centres, from, cut[p], k * numbers, numbers);
      }
    }
    return cut;
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
