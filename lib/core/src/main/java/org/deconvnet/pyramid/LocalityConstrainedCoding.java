package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;
import org.deconvnet.tensor.Checks;

/**
 * Weights over the m nearest words c_i that rebuild the descriptor d best, summing to 1: with C_ij
 * = ⟨c_i − d, c_j − d⟩,
 *
 * <pre>w = argmin wᵀ C w + ρ · trace(C) · |w|²,   Σ_i w_i = 1</pre>
 *
 * <p>so w is (C + ρ trace(C) I)⁻¹ 1, scaled to sum 1. Weights may be negative. A descriptor that is
 * itself a word, all its neighbours coinciding, gets equal weights. Source: Wang, Yang, Yu, Lv,
 * Huang and Gong, CVPR 2010, section 3 (approximated coding). Thread-safe.
 *
 * @param neighbours words m that a descriptor counts for
 * @param ridge ρ, the share of the trace
 */
public record LocalityConstrainedCoding(int neighbours, double ridge) implements Coding {
  /** Five words, ρ = 10⁻⁴. */
  public static final LocalityConstrainedCoding DEFAULTS = new LocalityConstrainedCoding(5, 1e-4);

  public LocalityConstrainedCoding {
    Checks.atLeast("locality-constrained coding: neighbours", 1, neighbours);
    Checks.positive("locality-constrained coding: ridge", ridge);
  }

  @Override
  public WordWeights code(Descriptors descriptors, Codebook codebook, NearestWords nearest) {
    int kept = Math.min(neighbours, nearest.perDescriptor());
    float[] weights = new float[nearest.count() * kept];
    int[] words = nearest.first(kept);
    LocalBase base = new LocalBase(kept, descriptors.dimension());
    for (int i = 0; i < nearest.count(); i++) {
      base.move(
          descriptors.values(), i * descriptors.dimension(), codebook.centres(), words, i * kept);
      base.solve(ridge, weights, i * kept);
    }
    return new WordWeights(kept, words, weights);
  }

  /** The neighbours of one descriptor after the other, as seen from it. Not thread-safe. */
  private static final class LocalBase {
    private final int size;
    private final int dimension;
    private final float[] offsets;
    private final double[] matrix;
    private final double[] solution;

    LocalBase(int size, int dimension) {
      this.size = size;
      this.dimension = dimension;
      offsets = new float[size * dimension];
      matrix = new double[size * size];
      solution = new double[size];
    }

    /** c_i − d for each neighbour, and C. */
    void move(float[] descriptors, int from, float[] centres, int[] words, int firstWord) {
      for (int i = 0; i < size; i++) {
        int centre = words[firstWord + i] * dimension;
        for (int d = 0; d < dimension; d++) {
          offsets[i * dimension + d] = centres[centre + d] - descriptors[from + d];
        }
      }
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          matrix[i * size + j] =
              InnerProduct.of(offsets, i * dimension, offsets, j * dimension, dimension);
        }
      }
    }

    /** Cholesky's factor of C + ρ trace(C) I in place, then two triangular solves of 1. */
    void solve(double ridge, float[] weights, int at) {
      double trace = 0;
      for (int i = 0; i < size; i++) {
        trace += matrix[i * size + i];
      }
      double sum = 0;
      if (trace > 0) {
        factorise(ridge * trace);
        substitute();
        for (double w : solution) {
          sum += w;
        }
      }
      for (int i = 0; i < size; i++) {
        weights[at + i] = (float) (trace > 0 ? solution[i] / sum : 1.0 / size);
      }
    }

    private void factorise(double onDiagonal) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j <= i; j++) {
          double value = matrix[i * size + j] + (i == j ? onDiagonal : 0);
          for (int k = 0; k < j; k++) {
            value -= matrix[i * size + k] * matrix[j * size + k];
          }
          matrix[i * size + j] = i == j ? Math.sqrt(value) : value / matrix[j * size + j];
        }
      }
    }

    private void substitute() {
      for (int i = 0; i < size; i++) {
        double value = 1;
        for (int k = 0; k < i; k++) {
          value -= matrix[i * size + k] * solution[k];
        }
        solution[i] = value / matrix[i * size + i];
      }
      for (int i = size - 1; i >= 0; i--) {
        double value = solution[i];
        for (int k = i + 1; k < size; k++) {
          value -= matrix[k * size + i] * solution[k];
        }
        solution[i] = value / matrix[i * size + i];
      }
    }
  }
}
