package org.deconvnet.simd;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.layer.ReconstructionContract;

class VectorReconstructionTest extends ReconstructionContract {
  @Override
  protected ConvolutionEngine engine() {
    return new VectorConvolutionEngine();
  }
}
