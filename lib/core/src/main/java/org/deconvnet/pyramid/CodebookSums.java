package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.kernels.ArrayKernels;

/**
 * What one round of learning a codebook sums up over descriptors. Sums are exact, so neither order
 * nor partitions change the next words. Not thread-safe.
 *
 * @param <S> the implementing class itself
 */
public interface CodebookSums<S extends CodebookSums<S>> extends Serializable {
  /**
   * Adds descriptors, seen through the words of this round.
   *
   * @param descriptors (descriptor, dimension)
   * @param codebook the same in every call
   * @param kernels any: all give the same bits
   */
  void add(float[] descriptors, Codebook codebook, ArrayKernels kernels);

  /** Adds the sums of other descriptors; returns this. */
  S merge(S other);

  /** The words of the next round. */
  Codebook next(Codebook previous);
}
