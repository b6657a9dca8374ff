package org.deconvnet.operator.cnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.deconvnet.AllocatedBytes;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.tensor.FeatureMaps;
import org.junit.jupiter.api.Test;

class ScalarConvolutionTest extends ConvolutionContract {
  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }

  /** The smallest operand has 14,000 bytes here, and a round may take 600: no array, no copy. */
  @Test
  void onceWarmItAllocatesNoArray() {
    costsNothing(new Case(AxisGeometry.of(3, 2, 1), 8, 41, 43, 9));
    costsNothing(new Case(new AxisGeometry(3, 1, 2, 2, 2), 8, 21, 23, 9));
    costsNothing(new Case(AxisGeometry.of(1), 8, 21, 23, 9));
  }

  private void costsNothing(Case c) {
    Convolution convolution = made(c);
    Numbers n = Numbers.of(convolution, weights(c), new Random(1));
    convolution.setWeights(n.weights());
    allocated(convolution, n, 50);
    assertThat(allocated(convolution, n, 50)).as(c.toString()).isLessThan(50 * 600);
  }

  private static long allocated(Convolution convolution, Numbers n, int times) {
    FeatureMaps y = n.y().copy();
    FeatureMaps x = n.x().copy();
    float[] gradient = n.weights().clone();
    long before = AllocatedBytes.ofThisThread();
    for (int i = 0; i < times; i++) {
      convolution.apply(n.x(), y);
      convolution.adjoint(n.y(), x);
      convolution.filterGradient(n.x(), n.y(), gradient);
    }
    return AllocatedBytes.ofThisThread() - before;
  }
}
