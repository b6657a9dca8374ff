package org.deconvnet.pyramid;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.tensor.Checks;

/**
 * What one round of Lloyd's algorithm sums up over descriptors d to lower {@code Σ_d min_k |d −
 * c_k|²}: for each word, the descriptors nearest to it and their number. Source: Lloyd, 1982. Not
 * thread-safe.
 */
public final class LloydSums implements CodebookSums<LloydSums> {
  private static final long serialVersionUID = 1;

  private final int dimension;
  private final FixedPointSum sums;
  private final long[] counts;

  public LloydSums(int words, int dimension) {
    this.dimension = dimension;
    this.sums = new FixedPointSum(Math.multiplyExact(words, dimension));
    this.counts = new long[words];
  }

  /** Adds descriptors to the sums of their nearest words. */
  @Override
  public void add(float[] descriptors, Codebook codebook, ArrayKernels kernels) {
    Checks.equal("k-means: dimension", dimension, codebook.dimension());
    NearestWords nearest = NearestWords.of(descriptors, codebook, 1, kernels);
    float[] one = new float[dimension];
    for (int i = 0; i < nearest.count(); i++) {
      int word = nearest.word(i, 0);
      System.arraycopy(descriptors, i * dimension, one, 0, dimension);
      sums.add(word * dimension, one);
      counts[word]++;
    }
  }

  @Override
  public LloydSums merge(LloydSums other) {
    sums.merge(other.sums);
    for (int k = 0; k < counts.length; k++) {
      counts[k] += other.counts[k];
    }
    return this;
  }

  /** The means; a word without descriptors stays where it was. */
  @Override
  public Codebook next(Codebook previous) {
    float[] centres = previous.centres().clone();
    for (int k = 0; k < counts.length; k++) {
      for (int d = k * dimension; counts[k] > 0 && d < (k + 1) * dimension; d++) {
        centres[d] = (float) (sums.get(d) / counts[k]);
      }
    }
    return new Codebook(counts.length, dimension, centres);
  }
}
