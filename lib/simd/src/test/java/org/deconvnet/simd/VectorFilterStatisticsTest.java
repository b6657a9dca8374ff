package org.deconvnet.simd;

import org.deconvnet.dictionary.FilterStatisticsContract;
import org.deconvnet.engine.ConvolutionEngine;

class VectorFilterStatisticsTest extends FilterStatisticsContract {
  @Override
  protected ConvolutionEngine engine() {
    return new VectorConvolutionEngine();
  }
}
