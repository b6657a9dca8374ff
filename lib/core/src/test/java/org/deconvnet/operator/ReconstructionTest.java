package org.deconvnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class ReconstructionTest extends ReconstructionContract {
  private static final int[] MAPS = {15, 50, 100, 150};

  @Override
  protected ConvolutionEngine engine() {
    return new ScalarConvolutionEngine();
  }

  @Test
  void sizesOfThePaperFollow() {
    List<PoolSize> pools = pools(3, 2, 2, 1);
    List<FilterBank> paper = filters(MAPS, pools, 7);
    int[] numbersInZandP = {378_560, 178_200, 71_650, 37_500};
    int[] sides = {156, 58, 26, 15};
    Shape input = new Shape(1, 150, 150);
    for (int l = 0; l < 4; l++) {
      Shape z = paper.get(l).mapShape(input);
      Shape p = pools.get(l).pooled(z);
      assertThat(z.height()).isEqualTo(sides[l]);
      assertThat(z.size() + p.size()).isEqualTo(numbersInZandP[l]);
      input = p;
    }
  }

  @Test
  void everyLayerBelowTheTopIsPooled() {
    List<FilterBank> filters = filters(MAPS, pools(3, 2, 2), 7);
    assertThatThrownBy(
            () ->
                new Reconstruction(
                    engine(), filters, pools(3, 2), List.of(), new Shape(1, 150, 150)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reconstruction: pooled layers below: expected 3, got 2");
  }
}
