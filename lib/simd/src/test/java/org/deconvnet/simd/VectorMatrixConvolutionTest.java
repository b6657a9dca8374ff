package org.deconvnet.simd;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.operator.cnn.MatrixConvolutionContract;

class VectorMatrixConvolutionTest extends MatrixConvolutionContract {
  @Override
  protected ArrayKernels kernels() {
    return new VectorArrayKernels();
  }
}
