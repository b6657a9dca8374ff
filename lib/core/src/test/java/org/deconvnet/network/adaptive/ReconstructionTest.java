package org.deconvnet.network.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class ReconstructionTest extends ReconstructionContract {
  private static final int[] MAPS = {15, 50, 100, 150};
  private static final int[] POOLED = {3, 2, 2, 1};

  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }

  @Test
  void sizesOfThePaperFollow() {
    AdaptiveNetwork paper = network(4, MAPS, POOLED, 7);
    int[] numbersInZandP = {378_560, 178_200, 71_650, 37_500};
    int[] sides = {156, 58, 26, 15};
    Shape input = new Shape(1, 150, 150);
    for (int l = 1; l <= 4; l++) {
      Shape z = paper.layer(l).mapShape(input);
      Shape p = paper.layer(l).pooledShape(input);
      assertThat(z.height()).isEqualTo(sides[l - 1]);
      assertThat(z.size() + p.size()).isEqualTo(numbersInZandP[l - 1]);
      input = p;
    }
  }
}
