package org.deconvnet.simd;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.adaptive.ActivationWindowsContract;

class VectorActivationWindowsTest extends ActivationWindowsContract {
  @Override
  protected ConvolutionEngine engine() {
    return new VectorConvolutionEngine();
  }
}
