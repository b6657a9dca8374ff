package org.deconvnet.simd;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.ReconstructionContract;

class VectorReconstructionTest extends ReconstructionContract {
  @Override
  protected ConvolutionEngine engine() {
    return new VectorConvolutionEngine();
  }
}
