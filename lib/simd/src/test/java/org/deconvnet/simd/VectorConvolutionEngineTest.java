package org.deconvnet.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.engine.EngineContract;
import org.junit.jupiter.api.Test;

class VectorConvolutionEngineTest extends EngineContract {
  // One engine for all cases: scratch that a larger case left behind must not show.
  private static final ConvolutionEngine ENGINE = new VectorConvolutionEngine();

  @Override
  protected ConvolutionEngine engine() {
    return ENGINE;
  }

  @Test
  void everyMultiplyAddIsDone() {
    float twelveChains = new VectorEngineProvider().multiplyAdd(20_000);
    assertThat(twelveChains / (12 * TapKernel.LANES)).isEqualTo(20_000 * 0x1p-11f);
  }

  @Test
  void autoChoosesItAndNamesAreChecked() {
    assertThat(new VectorEngineProvider().unavailableReason()).isEmpty();
    assertThat(ConvolutionEngines.resolve("auto"))
        .isEqualTo("vector-" + TapKernel.LANES * Float.SIZE);
    assertThat(ConvolutionEngines.create("scalar").name()).isEqualTo("scalar");
    assertThatThrownBy(() -> ConvolutionEngines.create("nonsense"))
        .hasMessageContaining("expected auto or one of vector, scalar, got 'nonsense'");
  }
}
