package org.deconvnet.operator.cnn;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;

class ScalarConvolutionTest extends ConvolutionContract {
  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }
}
