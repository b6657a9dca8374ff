package org.deconvnet.pursuit;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.pyramid.CodebookSums;
import org.deconvnet.pyramid.DictionarySums;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.tensor.Checks;

/**
 * What one round of approximate K-SVD sums up over signals y to lower
 *
 * <pre>Σ_y |y − D x(y)|²,   |d_k| = 1,   |x(y)|₀ ≤ sparsity</pre>
 *
 * <p>with the codes x of {@link BatchPursuit} under the atoms of the round. The next atoms are, one
 * after the other, {@code d_k ← E_k x_k / |E_k x_k|}, where E_k is the residual without atom k: in
 * sums {@code E_k x_k = B_k − Σ_j≠k A_kj d_j} ({@link DictionarySums}). Then an atom that fewer
 * than {@value #FEWEST} signals use, or that resembles an earlier one by a cosine above {@value
 * #COHERENT}, becomes the direction of one of the worst explained signals.
 *
 * <p>Source: Aharon, Elad and Bruckstein, IEEE TSP 2006; Rubinstein, Zibulevsky and Elad, 2008,
 * figure 7. What differs: there the weights x_k are fitted anew after atom k has moved and before
 * the next one does. That needs the signals again; here all weights stay until the next round codes
 * anew, and the atoms go round several times for these weights. So a round needs a single pass over
 * the signals, in any order and any partitions. Not thread-safe.
 */
public final class KsvdSums implements CodebookSums<KsvdSums> {
  private static final long serialVersionUID = 1;
  private static final int FEWEST = 4;
  private static final double COHERENT = 0.99;

  private final int dimension;
  private final int sparsity;
  private final DictionarySums sums;
  private final long[] uses;
  private final ExactTotal error = new ExactTotal();
  private final WorstSignals worst = new WorstSignals();

  public KsvdSums(int atoms, int dimension, int sparsity) {
    this.dimension = dimension;
    this.sparsity = sparsity;
    this.sums = new DictionarySums(atoms, dimension);
    this.uses = new long[atoms];
  }

  /**
   * @param signals (signal, dimension)
   * @param dictionary of atoms at unit norm
   */
  @Override
  public void add(float[] signals, Codebook dictionary, ArrayKernels kernels) {
    Checks.equal("k-svd: dimension", dimension, dictionary.dimension());
    int count = signals.length / dimension;
    Correlations correlations = new Correlations(dictionary, count, kernels);
    float[] all = correlations.signals();
    System.arraycopy(signals, 0, all, 0, count * dimension);
    correlations.of(all, count);
    BatchPursuit pursuit = new BatchPursuit(dictionary, sparsity);
    float[] term = new float[dimension];
    for (int y = 0; y < count; y++) {
      int atoms = pursuit.code(correlations.values(), correlations.start(y));
      addCode(signals, y, pursuit, atoms, term);
      double left = Math.max(0, squares(signals, y) - pursuit.explained());
      error.add(left);
      worst.offer(left, signals, y * dimension, dimension);
    }
  }

  private void addCode(float[] signals, int y, BatchPursuit code, int atoms, float[] term) {
    for (int i = 0; i < atoms; i++) {
      sums.addDescriptor(signals, y, code.atom(i), code.weight(i), term);
      uses[code.atom(i)]++;
      for (int j = 0; j <= i; j++) {
        sums.addProduct(code.atom(i), code.atom(j), (double) code.weight(i) * code.weight(j));
      }
    }
  }

  private double squares(float[] signals, int y) {
    double squares = 0;
    for (int d = y * dimension; d < (y + 1) * dimension; d++) {
      squares += (double) signals[d] * signals[d];
    }
    return squares;
  }

  @Override
  public KsvdSums merge(KsvdSums other) {
    sums.merge(other.sums);
    for (int k = 0; k < uses.length; k++) {
      uses[k] += other.uses[k];
    }
    error.merge(other.error);
    worst.merge(other.worst);
    return this;
  }

  /** Σ |y − D x|² under the atoms of the round. */
  public double error() {
    return error.get();
  }

  @Override
  public Codebook next(Codebook previous) {
    float[] atoms = sums.next(previous).centres();
    WorstSignals.Queue spare = worst.queue();
    for (int k = 0; k < uses.length; k++) {
      if (uses[k] < FEWEST || resembles(atoms, k, atoms, k * dimension)) {
        replace(atoms, k, spare);
      }
    }
    return new Codebook(uses.length, dimension, atoms);
  }

  /** The next worst signal that is unlike all atoms takes the atom's place, if there is one. */
  private void replace(float[] atoms, int k, WorstSignals.Queue spare) {
    for (float[] unit = spare.next(); unit != null; unit = spare.next()) {
      if (!resembles(atoms, uses.length, unit, 0)) {
        System.arraycopy(unit, 0, atoms, k * dimension, dimension);
        return;
      }
    }
  }

  /** Whether a vector of unit norm has nearly the direction of one of the first atoms. */
  private boolean resembles(float[] atoms, int first, float[] unit, int from) {
    for (int k = 0; k < first; k++) {
      double cosine = 0;
      for (int d = 0; d < dimension; d++) {
        cosine += (double) atoms[k * dimension + d] * unit[from + d];
      }
      if (Math.abs(cosine) > COHERENT) {
        return true;
      }
    }
    return false;
  }
}
