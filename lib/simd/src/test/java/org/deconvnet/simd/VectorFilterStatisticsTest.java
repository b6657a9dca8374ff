package org.deconvnet.simd;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.dictionary.FilterStatisticsContract;

class VectorFilterStatisticsTest extends FilterStatisticsContract {
  @Override
  protected ConvolutionEngine engine() {
    return new VectorConvolutionEngine();
  }
}
