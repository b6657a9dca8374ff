package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;

/** Says which words a descriptor counts for, and how much. Implementations are thread-safe. */
public interface Coding extends Serializable {
  /**
   * Codes all descriptors of an image. The weights of each descriptor sum to 1.
   *
   * @param engine of the calling thread
   * @throws IllegalArgumentException if the descriptors' dimension is not the words'
   */
  WordWeights code(DescriptorGrid grid, Codebook codebook, ConvolutionEngine engine);
}
