package org.deconvnet.kernels;

class ScalarArrayKernelsTest extends ArrayKernelsContract {
  @Override
  protected ArrayKernels kernels() {
    return new ScalarArrayKernels();
  }
}
