package org.deconvnet.pyramid;

import java.util.Arrays;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.tensor.Checks;

/**
 * Sparse weights that rebuild the descriptor d from words at unit norm, u_i = c_i / |c_i|, none of
 * them negative:
 *
 * <pre>w = argmin ½ |d − Σ_i w_i u_i|² + λ Σ_i w_i,   w_i ≥ 0</pre>
 *
 * <p>over the m nearest words i, by coordinate descent on inner products alone: ⟨d, u_i⟩ comes from
 * the search for them, ⟨u_i, u_j⟩ from {@link Codebook#cosines}. Weights do not sum to 1, and are
 * all zero where no word has ⟨d, u_i⟩ above λ. Source: Yang, Yu, Gong and Huang, CVPR 2009, section
 * 3 (sparse codes pooled to maxima; theirs have signs and all words, and a dictionary learned for
 * them); Friedman, Hastie, Höfling and Tibshirani, 2007, section 2 (coordinate descent).
 * Thread-safe.
 *
 * @param neighbours words m that may take part
 * @param lambda λ, for descriptors of unit norm
 */
public record SparseCoding(int neighbours, double lambda) implements Coding {
  /** 32 words, λ = 0.2. */
  public static final SparseCoding DEFAULTS = new SparseCoding(32, 0.2);

  /** Far below what a pyramid of single-precision weights tells apart. */
  private static final float TOLERANCE = 1e-4f;

  private static final int MOST_SWEEPS = 50;

  public SparseCoding {
    Checks.atLeast("sparse coding: neighbours", 1, neighbours);
    Checks.positive("sparse coding: lambda", lambda);
  }

  @Override
  public WordWeights code(Descriptors descriptors, Codebook codebook, NearestWords nearest) {
    return code(codebook, nearest);
  }

  /** The search holds all that the weights depend on. */
  WordWeights code(Codebook codebook, NearestWords nearest) {
    int kept = Math.min(neighbours, nearest.perDescriptor());
    float[] weights = new float[nearest.count() * kept];
    Lasso lasso = new Lasso(kept, codebook, (float) lambda);
    for (int i = 0; i < nearest.count(); i++) {
      lasso.move(nearest, i);
      lasso.solve();
      System.arraycopy(lasso.weights, 0, weights, i * kept, kept);
    }
    return new WordWeights(kept, nearest.first(kept), weights);
  }

  /** The problem of one descriptor after the other. Not thread-safe. */
  private static final class Lasso {
    private final int size;
    private final Codebook codebook;
    private final float lambda;
    private final float[] products;
    private final float[] slopes;
    private final float[] weights;

    Lasso(int size, Codebook codebook, float lambda) {
      this.size = size;
      this.codebook = codebook;
      this.lambda = lambda;
      products = new float[size * size];
      slopes = new float[size];
      weights = new float[size];
    }

    /** Inner products of a descriptor's words with it and with each other; no weight yet. */
    void move(NearestWords nearest, int descriptor) {
      float[] cosines = codebook.cosines();
      for (int i = 0; i < size; i++) {
        int word = nearest.word(descriptor, i);
        float half = codebook.halfSquaredNorm(word);
        float product = (half - nearest.score(descriptor, i)) * codebook.inverseNorm(word);
        slopes[i] = product - lambda;
        for (int j = 0; j < size; j++) {
          products[i * size + j] = cosines[word * codebook.words() + nearest.word(descriptor, j)];
        }
      }
      Arrays.fill(weights, 0);
    }

    /** Sweeps over the words until no weight moves; u_i has norm 1, so its step is its slope. */
    void solve() {
      float largest = Float.MAX_VALUE;
      for (int sweep = 0; sweep < MOST_SWEEPS && largest > TOLERANCE; sweep++) {
        largest = 0;
        for (int i = 0; i < size; i++) {
          float moved = Math.max(0, weights[i] + slopes[i]) - weights[i];
          if (moved != 0) {
            weights[i] += moved;
            lower(i, moved);
            largest = Math.max(largest, Math.abs(moved));
          }
        }
      }
    }

    private void lower(int word, float moved) {
      for (int j = 0; j < size; j++) {
        slopes[j] -= moved * products[word * size + j];
      }
    }
  }
}
