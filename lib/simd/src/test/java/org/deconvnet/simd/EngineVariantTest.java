package org.deconvnet.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jdk.incubator.vector.FloatVector;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.engine.EngineUnavailableException;
import org.junit.jupiter.api.Test;

/** JVMs whose vectors have different widths give different bits: a run must not mix them. */
class EngineVariantTest {
  private static final int BITS = FloatVector.SPECIES_PREFERRED.vectorBitSize();

  @Test
  void aResolvedNameSaysTheWidthAndResolvesToItself() {
    String resolved = ConvolutionEngines.resolve("vector");
    assertThat(resolved).isEqualTo("vector-" + BITS);
    assertThat(ConvolutionEngines.resolve(resolved)).isEqualTo(resolved);
    assertThat(ConvolutionEngines.create(resolved)).isInstanceOf(VectorConvolutionEngine.class);
  }

  @Test
  void anotherWidthThanTheDriversIsRefused() {
    String other = "vector-" + 2 * BITS;
    assertThatThrownBy(() -> ConvolutionEngines.create(other))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("expected %s, as the driver has it, got vector-%d", other, BITS)
        .hasMessageContaining("-XX:MaxVectorSize")
        .hasMessageContaining("engine scalar");
  }

  @Test
  void theScalarEngineHasNoVariant() {
    assertThat(ConvolutionEngines.resolve("scalar")).isEqualTo("scalar");
    assertThatThrownBy(() -> ConvolutionEngines.create("scalar-512"))
        .isInstanceOf(EngineUnavailableException.class);
  }
}
