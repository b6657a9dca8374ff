package org.deconvnet.pyramid;

import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;

/** The nearest word alone, with weight 1: Lazebnik et al., CVPR 2006, section 4. Thread-safe. */
public record HardAssignment() implements Coding {
  @Override
  public WordWeights code(DescriptorGrid grid, Codebook codebook, ConvolutionEngine engine) {
    float[] weights = new float[grid.count()];
    Arrays.fill(weights, 1);
    return new WordWeights(1, codebook.nearest(grid, engine), weights);
  }
}
