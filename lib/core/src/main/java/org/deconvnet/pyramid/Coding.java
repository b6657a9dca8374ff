package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.describe.Descriptors;
import org.deconvnet.kernels.ArrayKernels;

/** Says which words a descriptor counts for, and how much. Implementations are thread-safe. */
public interface Coding extends Serializable {
  /** Nearest words that {@link #code} reads of each descriptor; a small vocabulary has fewer. */
  int neighbours();

  /**
   * Codes all descriptors of an image.
   *
   * @param nearest of the same grid and codebook, at least {@link #neighbours} where the vocabulary
   *     has them
   */
  WordWeights code(Descriptors descriptors, Codebook codebook, NearestWords nearest);

  /** As above, with a search of its own. */
  default WordWeights code(Descriptors descriptors, Codebook codebook, ArrayKernels kernels) {
    return code(
        descriptors, codebook, NearestWords.of(descriptors, codebook, neighbours(), kernels));
  }
}
