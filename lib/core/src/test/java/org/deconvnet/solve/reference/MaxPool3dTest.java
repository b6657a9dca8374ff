package org.deconvnet.solve.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.operator.PoolSize;
import org.deconvnet.operator.Switches;
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
    p.switches.unpool(p.values, back);
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
    p.switches.unpool(values, up);
    p.switches.gather(z, down);
    assertThat(up.dot(z)).isCloseTo(values.dot(down), within(1e-9));
  }

  private record Pooled(FeatureMaps values, Switches switches) {}

  private static Pooled pool(FeatureMaps z) {
    Shape shape = BLOCK.pooled(z.shape());
    Pooled p = new Pooled(FeatureMaps.zeros(shape), Switches.allocate(shape, z.shape()));
    MaxPool3d.pool(BLOCK, z, p.values, p.switches);
    return p;
  }
}
