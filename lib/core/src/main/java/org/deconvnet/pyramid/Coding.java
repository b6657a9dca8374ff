package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;

/** How a descriptor becomes words. Implementations are immutable and thread-safe. */
public interface Coding extends Serializable {
  /** Words and weights of each descriptor of a grid. */
  CodedDescriptors code(Codebook codebook, DescriptorGrid grid, ConvolutionEngine engine);
}
