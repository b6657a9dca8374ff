package org.deconvnet.pursuit;

import org.deconvnet.pyramid.Codebook;

/**
 * Orthogonal matching pursuit of many signals y with the same atoms d_k of unit norm: again and
 * again it takes the atom that has the largest {@code |⟨d_k, y − Σ x_j d_j⟩|}, the first of equal
 * ones, and fits the weights x of all taken atoms anew by least squares. It never sees a signal:
 * with α⁰ = Dᵀy and the Gram matrix G = DᵀD the correlations of the residual are {@code α⁰ − G_I
 * x_I}, and {@code x_I = (G_II)⁻¹ α⁰_I} by a Cholesky factor that grows by a row an atom. Source:
 * Rubinstein, Zibulevsky and Elad, Technion CS-2008-08, 2008, figure 3. No allocation a signal. Not
 * thread-safe.
 */
final class BatchPursuit {
  /** Correlations below this share of the first one are rounding. */
  private static final float NEGLIGIBLE = 1e-4f;

  /** An atom whose part outside the others has a smaller square depends on them. */
  private static final double DEPENDENT = 1e-5;

  private final int atoms;
  private final int sparsity;
  private final float[] gram;
  private final float[] left;
  private final int[] taken;
  private final double[] factor;
  private final double[] solved;
  private final double[] weights;
  private int count;

  /**
   * @param dictionary of atoms at unit norm
   * @param sparsity atoms of a code at most
   */
  BatchPursuit(Codebook dictionary, int sparsity) {
    this.atoms = dictionary.words();
    this.sparsity = Math.min(sparsity, atoms);
    this.gram = dictionary.cosines();
    this.left = new float[atoms];
    this.taken = new int[sparsity];
    this.factor = new double[sparsity * sparsity];
    this.solved = new double[sparsity];
    this.weights = new double[sparsity];
  }

  /**
   * Codes a signal.
   *
   * @param correlations Dᵀy, an atom after the other from {@code from} on
   * @return how many atoms it takes; 0 for a signal that no atom resembles
   */
  int code(float[] correlations, int from) {
    System.arraycopy(correlations, from, left, 0, atoms);
    count = 0;
    int best = strongest();
    float least = Math.max(Float.MIN_NORMAL, NEGLIGIBLE * Math.abs(left[best]));
    while (Math.abs(left[best]) >= least && take(best, correlations[from + best])) {
      fit();
      if (count == sparsity) {
        break;
      }
      subtract(correlations, from);
      best = strongest();
    }
    return count;
  }

  private int strongest() {
    int best = 0;
    float largest = Math.abs(left[0]);
    for (int k = 1; k < atoms; k++) {
      float size = Math.abs(left[k]);
      if (size > largest) {
        largest = size;
        best = k;
      }
    }
    return best;
  }

  /** Adds a row to the Cholesky factor and to the solution of its lower half. */
  private boolean take(int atom, double correlation) {
    int row = count * sparsity;
    double rest = 1;
    double right = correlation;
    for (int i = 0; i < count; i++) {
      double sum = gram[atom * atoms + taken[i]];
      for (int j = 0; j < i; j++) {
        sum -= factor[i * sparsity + j] * factor[row + j];
      }
      double entry = sum / factor[i * sparsity + i];
      factor[row + i] = entry;
      rest -= entry * entry;
      right -= entry * solved[i];
    }
    if (rest < DEPENDENT) {
      return false;
    }
    double pivot = Math.sqrt(rest);
    factor[row + count] = pivot;
    solved[count] = right / pivot;
    taken[count++] = atom;
    return true;
  }

  /** The upper half, backwards. */
  private void fit() {
    for (int i = count - 1; i >= 0; i--) {
      double sum = solved[i];
      for (int j = i + 1; j < count; j++) {
        sum -= factor[j * sparsity + i] * weights[j];
      }
      weights[i] = sum / factor[i * sparsity + i];
    }
  }

  private void subtract(float[] correlations, int from) {
    System.arraycopy(correlations, from, left, 0, atoms);
    for (int i = 0; i < count; i++) {
      float weight = (float) weights[i];
      int row = taken[i] * atoms;
      for (int k = 0; k < atoms; k++) {
        left[k] -= weight * gram[row + k];
      }
    }
    // Fitted to rounding, so that none is taken twice.
    for (int i = 0; i < count; i++) {
      left[taken[i]] = 0;
    }
  }

  /** An atom of the last code, in the order in which they were taken. */
  int atom(int number) {
    return taken[number];
  }

  float weight(int number) {
    return (float) weights[number];
  }

  /** What the last code explains of its signal's squared norm: the squared norm of L⁻¹ α⁰_I. */
  double explained() {
    double squares = 0;
    for (int i = 0; i < count; i++) {
      squares += solved[i] * solved[i];
    }
    return squares;
  }
}
