package org.deconvnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.network.TopDownDecomposition.Level;
import org.deconvnet.network.adaptive.AdaptiveInference;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.view.MapPicture;
import org.junit.jupiter.api.Test;

class TopDownDecompositionTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private static final AdaptiveNetwork NETWORK = LayerActivationsTest.network(3);
  private static final FeatureMaps IMAGE = LayerActivationsTest.image(11);

  private static TopDownDecomposition parts(int branching) {
    return NETWORK.takenApart(ENGINE, IMAGE, branching).orElseThrow();
  }

  @Test
  void eachLevelHasFiveTimesTheParts() {
    TopDownDecomposition parts = parts(5);
    assertThat(parts.levels()).extracting(Level::layer).containsExactly(3, 2, 1);
    assertThat(parts.levels()).extracting(level -> level.parts().size()).containsExactly(1, 5, 25);
    assertThat(parts.levels()).extracting(level -> level.alone().size()).containsExactly(1, 5, 25);
    assertThat(parts.lost().get(0)).isZero();
    assertThat(parts.lost().get(1)).isBetween(0.001, 1.0);
    assertThat(parts.field().height()).isEqualTo(61);
  }

  /** Taken apart into everything, nothing is lost. */
  @Test
  void allPartsTogetherAreTheWhole() {
    TopDownDecomposition parts = parts(10_000);
    assertThat(parts.lost()).hasSize(3).allSatisfy(lost -> assertThat(lost).isLessThan(1e-9));
    assertThat(parts.levels().get(2).parts().size()).isGreaterThan(1000);
  }

  @Test
  void moreOfThePartsLoseLess() {
    double one = parts(1).lost().get(1);
    double forty = parts(40).lost().get(1);
    assertThat(forty).isLessThan(one);
  }

  /** By the dense way: the filter beside the activation, sorted by size. */
  @Test
  void partsAreTheLargestOfTheFilterAtTheImagesSwitches() {
    List<SparseCode> codes = new AdaptiveInference(ENGINE, NETWORK).codes(IMAGE);
    FeatureMaps z = FeatureMaps.zeros(codes.get(2).switches().unpooled());
    codes.get(2).switches().unpool(codes.get(2).pooled(), z);
    List<Level> levels = parts(5).levels();
    Activation top = levels.get(0).parts().get(0);
    assertThat(z.data()[top.index()]).isEqualTo(top.value());
    assertThat(top.strength()).isEqualTo(MapPicture.range(codes.get(2).pooled()));
    z.fill(0);
    z.data()[top.index()] = top.value();
    FilterBank f = NETWORK.layer(3).filters();
    Shape pooled = codes.get(1).pooled().shape();
    FeatureMaps made = FeatureMaps.zeros(pooled);
    ENGINE.synthesize(f, z, made);
    int[] switches = codes.get(1).switches().index();
    List<Integer> order =
        IntStream.range(0, pooled.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -Math.abs(made.data()[i]))
                    .thenComparing(i -> switches[i]))
            .toList();
    for (int n = 0; n < 5; n++) {
      Activation part = levels.get(1).parts().get(n);
      assertThat(part.index()).isEqualTo(switches[order.get(n)]);
      assertThat(part.value()).isCloseTo(made.data()[order.get(n)], within(1e-6f));
    }
  }

  @Test
  void aBlankImageHasNothingToTakeApart() {
    FeatureMaps blank = FeatureMaps.zeros(IMAGE.shape());
    assertThat(NETWORK.takenApart(ENGINE, blank, 5)).isEmpty();
  }
}
