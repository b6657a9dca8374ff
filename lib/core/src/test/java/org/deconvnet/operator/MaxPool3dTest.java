package org.deconvnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.adaptive.ShrinkAndPool;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class MaxPool3dTest {
  private static final PoolSize BLOCK = new PoolSize(3, 3, 2);

  @Test
  void keepsTheSignOfTheLargestAbsoluteValue() {
    FeatureMaps z = FeatureMaps.zeros(new Shape(2, 3, 3));
    z.set(0, 1, 2, 4);
    z.set(1, 2, 0, -5);
    Pooled p = pool(z);
    assertThat(p.values.data()).containsExactly(-5);
    assertThat(p.switches.index()).containsExactly(z.index(1, 2, 0));
  }

  @Test
  void positiveBeatsEqualNegativeElseTheFirstWins() {
    FeatureMaps z = FeatureMaps.zeros(new Shape(2, 3, 3));
    z.set(0, 0, 1, -5);
    z.set(0, 2, 2, 5);
    z.set(1, 0, 0, 5);
    Pooled p = pool(z);
    assertThat(p.values.data()).containsExactly(5);
    assertThat(p.switches.index()).containsExactly(z.index(0, 2, 2));
  }

  @Test
  void partialBlocksAtTheEdgesCount() {
    assertThat(new PoolSize(3, 3, 3).pooled(new Shape(50, 58, 58)))
        .isEqualTo(new Shape(17, 20, 20));
    FeatureMaps z = FeatureMaps.zeros(new Shape(3, 4, 5));
    z.set(2, 3, 4, -1);
    Pooled p = pool(z);
    assertThat(p.values.shape()).isEqualTo(new Shape(2, 2, 2));
    assertThat(p.values.get(1, 1, 1)).isEqualTo(-1);
  }

  @Test
  void poolAndUnpoolKeepExactlyTheWinners() {
    FeatureMaps z = EngineContract.maps(new Shape(5, 10, 7), new Random(3));
    Pooled p = pool(z);
    FeatureMaps back = FeatureMaps.zeros(z.shape());
    MaxPool3d.unpool(p.values, p.switches, back);
    assertThat(back.nonZeros()).isEqualTo(p.values.shape().size());
    for (int i = 0; i < back.data().length; i++) {
      assertThat(back.data()[i]).isIn(0f, z.data()[i]);
    }
  }

  @Test
  void gatherIsTheAdjointOfUnpool() {
    Random random = new Random(5);
    FeatureMaps z = EngineContract.maps(new Shape(5, 10, 7), random);
    Pooled p = pool(z);
    FeatureMaps values = EngineContract.maps(p.values.shape(), random);
    FeatureMaps up = FeatureMaps.zeros(z.shape());
    FeatureMaps down = FeatureMaps.zeros(values.shape());
    MaxPool3d.unpool(values, p.switches, up);
    MaxPool3d.gather(z, p.switches, down);
    assertThat(up.dot(z)).isCloseTo(values.dot(down), within(1e-9));
  }

  @Test
  void shrinkingAndPoolingAtOnceIsOneAfterTheOther() {
    Random random = new Random(12);
    FeatureMaps g = EngineContract.maps(new Shape(5, 10, 8), random);
    for (int i = 0; i < g.data().length; i++) {
      // Few different sizes, so that ties and blocks that vanish occur.
      g.data()[i] = Math.round(g.data()[i] * 2) / 2f;
    }
    float step = 0.5f;
    float threshold = 0.6f;
    FeatureMaps v = g.copy();
    org.deconvnet.penalty.SoftThreshold.shrink(g.data(), -step, threshold, v.data());
    Pooled expected = pool(v);
    Shape shape = expected.values.shape();
    FeatureMaps values = FeatureMaps.zeros(shape);
    Switches switches = Switches.allocate(shape, g.shape());
    new ShrinkAndPool(new ScalarConvolutionEngine(), BLOCK)
        .pool(g, step, threshold, values, switches);
    assertThat(values.data()).isEqualTo(expected.values.data());
    assertThat(switches.index()).isEqualTo(expected.switches.index());
    assertThat(values.nonZeros()).isBetween(1, shape.size() - 1);
  }

  private record Pooled(FeatureMaps values, Switches switches) {}

  private static Pooled pool(FeatureMaps z) {
    Shape shape = BLOCK.pooled(z.shape());
    Pooled p = new Pooled(FeatureMaps.zeros(shape), Switches.allocate(shape, z.shape()));
    MaxPool3d.pool(BLOCK, z, p.values, p.switches);
    return p;
  }
}
