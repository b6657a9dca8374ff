package org.deconvnet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class ScalarConvolutionEngineTest extends EngineContract {
  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }

  @Test
  void oneSpikeDrawsTheFilterUnflipped() {
    FilterBank f = FilterBank.of(Connectivity.full(1, 1), 2, new float[] {1, 2, 3, 4});
    FeatureMaps z = FeatureMaps.zeros(new Shape(1, 4, 4));
    z.set(0, 1, 1, 1);
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 3, 3));
    engine().synthesize(f, z, image);
    assertThat(image.data()).containsExactly(1, 2, 0, 3, 4, 0, 0, 0, 0);
  }

  @Test
  void wrongShapeIsNamed() {
    FilterBank f = FilterBank.zeros(Connectivity.full(2, 1), 3);
    assertThatThrownBy(
            () ->
                engine()
                    .synthesize(
                        f,
                        FeatureMaps.zeros(new Shape(2, 5, 6)),
                        FeatureMaps.zeros(new Shape(1, 4, 4))))
        .hasMessageContaining("expected shape 1x3x4, got 1x4x4");
  }
}
