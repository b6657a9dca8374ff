package org.deconvnet.simd;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.cnn.ConvolutionContract;

class VectorConvolutionTest extends ConvolutionContract {
  // One engine for all cases: scratch that a larger case left behind must not show.
  private static final ConvolutionEngine ENGINE = new VectorConvolutionEngine();

  @Override
  protected ConvolutionEngine engine() {
    return ENGINE;
  }
}
