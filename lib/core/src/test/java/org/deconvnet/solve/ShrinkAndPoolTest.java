package org.deconvnet.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
import org.deconvnet.penalty.L1;
import org.deconvnet.penalty.Penalty;
import org.deconvnet.penalty.Power;
import org.deconvnet.penalty.Proximal;
import org.deconvnet.solve.reference.MaxPool3d;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ShrinkAndPoolTest {
  static final Penalty[] PENALTIES = {new L1(1), new Power(1, 0.8), new Power(1, 1)};
  private static final PoolSize BLOCK = new PoolSize(3, 3, 2);

  @ParameterizedTest
  @FieldSource("PENALTIES")
  void shrinkingAndPoolingAtOnceIsOneAfterTheOther(Penalty penalty) {
    FeatureMaps g = EngineContract.maps(new Shape(5, 10, 8), new Random(12));
    for (int i = 0; i < g.data().length; i++) {
      // Few different sizes, so that ties and blocks that vanish occur.
      g.data()[i] = Math.round(g.data()[i] * 2) / 2f;
    }
    float step = 0.5f;
    Proximal proximal = penalty.proximal(0.6, 1);
    FeatureMaps v = g.copy();
    proximal.apply(g.data(), -step, v.data());
    Shape shape = BLOCK.pooled(g.shape());
    FeatureMaps expected = FeatureMaps.zeros(shape);
    Switches expectedSwitches = Switches.allocate(shape, g.shape());
    MaxPool3d.pool(BLOCK, v, expected, expectedSwitches);
    FeatureMaps values = FeatureMaps.zeros(shape);
    Switches switches = Switches.allocate(shape, g.shape());
    new ShrinkAndPool(new ScalarArrayKernels(), BLOCK).pool(g, step, proximal, values, switches);
    assertThat(values.data()).isEqualTo(expected.data());
    assertThat(switches.index()).isEqualTo(expectedSwitches.index());
    assertThat(values.nonZeros()).isBetween(1, shape.size() - 1);
  }
}
