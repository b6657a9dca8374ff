package org.deconvnet.layer;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.conv.ScalarConvolutionEngine;

class ActivationWindowsTest extends ActivationWindowsContract {
  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }
}
