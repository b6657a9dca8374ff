package org.deconvnet.operator.cnn;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;

class ScalarMatrixConvolutionTest extends MatrixConvolutionContract {
  @Override
  protected ArrayKernels kernels() {
    return new ScalarArrayKernels();
  }
}
