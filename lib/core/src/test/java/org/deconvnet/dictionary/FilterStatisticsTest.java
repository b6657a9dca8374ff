package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class FilterStatisticsTest extends FilterStatisticsContract {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();

  private record Image(FeatureMaps z, FeatureMaps y) {}

  @Override
  protected ConvolutionEngine engine() {
    return ENGINE;
  }

  @Test
  void theQuadraticIsTheReconstructionErrorForAnyFilters() {
    for (Connectivity connectivity : List.of(Connectivity.full(3, 2), SPARSE)) {
      Random random = new Random(5);
      List<Image> images = images(connectivity, 3, random);
      FilterQuadratic quadratic = statistics(connectivity, images).quadratic();
      for (int trial = 0; trial < 3; trial++) {
        FilterBank f = UnitPlanes.draw(connectivity, 3, 40 + trial);
        double expected = error(f, images);
        assertThat(quadratic.value(f)).isCloseTo(expected, within(1e-5 * expected));
      }
    }
  }

  @Test
  void theOrderOfImagesAndPartitionsChangesNoBit() {
    List<Image> images = images(SPARSE, 5, new Random(6));
    FilterQuadratic together = statistics(SPARSE, images).quadratic();
    FilterStatistics parts = statistics(SPARSE, images.subList(3, 5));
    parts.merge(statistics(SPARSE, List.of(images.get(1), images.get(0), images.get(2))));
    FilterQuadratic apart = parts.quadratic();
    for (int set = 0; set < together.sets().count(); set++) {
      assertThat(apart.matrix(set)).containsExactly(together.matrix(set));
    }
    assertThat(apart.target(1)).containsExactly(together.target(1));
  }

  @Test
  void forgettingScalesWhatWasThereBefore() {
    Random random = new Random(7);
    List<Image> old = images(SPARSE, 2, random);
    List<Image> fresh = images(SPARSE, 1, random);
    FilterQuadratic carried = statistics(SPARSE, old).quadratic();
    carried.carryForward(0.25, statistics(SPARSE, fresh).quadratic());
    FilterBank f = UnitPlanes.draw(SPARSE, 3, 1);
    double expected = 0.25 * error(f, old) + error(f, fresh);
    assertThat(carried.value(f)).isCloseTo(expected, within(1e-5 * expected));
  }

  @Test
  void tooManyConnectedMapsAreNamed() {
    assertThatThrownBy(() -> new FilterStatistics(Connectivity.full(600, 1), 7, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("600 maps reconstruct one channel");
  }

  private static FilterStatistics statistics(Connectivity connectivity, List<Image> images) {
    FilterStatistics sums = new FilterStatistics(connectivity, 3, 1);
    CodeCorrelations correlations = new CodeCorrelations(ENGINE, 3);
    images.forEach(image -> sums.add(correlations, image.z(), image.y()));
    return sums;
  }

  private static List<Image> images(Connectivity connectivity, int count, Random random) {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Shape y = new Shape(connectivity.channels(), 5 + i / 2, 8);
      Shape z = new Shape(connectivity.maps(), 7 + i / 2, 10);
      images.add(new Image(EngineContract.maps(z, random), EngineContract.maps(y, random)));
    }
    return images;
  }

  private static double error(FilterBank f, List<Image> images) {
    double sum = 0;
    for (Image image : images) {
      FeatureMaps out = FeatureMaps.zeros(image.y().shape());
      ENGINE.synthesize(f, image.z(), out);
      sum += out.squaredDistance(image.y());
    }
    return sum;
  }
}
