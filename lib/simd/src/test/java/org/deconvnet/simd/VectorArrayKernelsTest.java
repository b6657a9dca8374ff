package org.deconvnet.simd;

import static org.assertj.core.api.Assertions.assertThat;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ArrayKernelsContract;
import org.junit.jupiter.api.Test;

class VectorArrayKernelsTest extends ArrayKernelsContract {
  @Override
  protected ArrayKernels kernels() {
    return new VectorArrayKernels();
  }

  @Test
  void theVectorEngineHandsThemOut() {
    assertThat(new VectorConvolutionEngine().kernels()).isInstanceOf(VectorArrayKernels.class);
  }
}
