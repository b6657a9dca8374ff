package org.deconvnet.network.adaptive;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;

class ActivationWindowsTest extends ActivationWindowsContract {
  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }
}
