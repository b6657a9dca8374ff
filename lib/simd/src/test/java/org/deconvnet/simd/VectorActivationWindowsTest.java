package org.deconvnet.simd;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.layer.ActivationWindowsContract;

class VectorActivationWindowsTest extends ActivationWindowsContract {
  @Override
  protected ConvolutionEngine engine() {
    return new VectorConvolutionEngine();
  }
}
