package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deconvnet.pyramid.SparseHistogram;
import org.junit.jupiter.api.Test;

class IntersectionFeatureMapTest {
  @Test
  void innerProductsApproachTheKernel() {
    IntersectionFeatureMap map = new IntersectionFeatureMap(3);
    List<SparseHistogram> all = Histograms.randoms(8, 12, 2000, 0.4);
    for (SparseHistogram x : all) {
      for (SparseHistogram y : all) {
        double kernel = HistogramIntersection.row(x, List.of(y))[0];
        double tolerance = x == y ? 0.13 : 0.05;
        assertThat(product(map.map(x), map.map(y))).isCloseTo(kernel, within(tolerance * kernel));
      }
    }
  }

  @Test
  void higherOrderIsNearer() {
    List<SparseHistogram> two = Histograms.randoms(9, 2, 5000, 0.5);
    double kernel = HistogramIntersection.row(two.get(0), two)[1];
    assertThat(error(30, two, kernel)).isLessThan(error(1, two, kernel)).isLessThan(0.01 * kernel);
  }

  private static double error(int order, List<SparseHistogram> two, double kernel) {
    IntersectionFeatureMap map = new IntersectionFeatureMap(order, 4 * Math.log(order + 8));
    return Math.abs(product(map.map(two.get(0)), map.map(two.get(1))) - kernel);
  }

  @Test
  void numbersFollowTheFormula() {
    SparseHistogram x = new SparseHistogram(4, new int[] {2}, new float[] {(float) Math.E});
    SparseHistogram mapped = new IntersectionFeatureMap(1, 2 * Math.PI).map(x);
    assertThat(mapped.size()).isEqualTo(12);
    assertThat(mapped.indices()).containsExactly(6, 7, 8);
    double constant = Math.sqrt(Math.E * 2 / Math.PI);
    double wave = Math.sqrt(2 * Math.E * 2 / (5 * Math.PI));
    assertThat(mapped.values()[0]).isCloseTo((float) constant, within(1e-6f));
    assertThat(mapped.values()[1]).isCloseTo((float) (wave * Math.cos(1)), within(1e-6f));
    assertThat(mapped.values()[2]).isCloseTo((float) (wave * Math.sin(1)), within(1e-6f));
  }

  @Test
  void zeroStaysZeroAndNegativeIsRefused() {
    IntersectionFeatureMap map = new IntersectionFeatureMap(2);
    SparseHistogram zero = new SparseHistogram(1, new int[] {0}, new float[] {0});
    assertThat(map.map(zero).toDense()).hasSize(5).containsOnly(0);
    assertThatThrownBy(() -> map.map(SparseHistogram.of(new float[] {-1})))
        .hasMessageContaining("no negative entry");
    assertThatThrownBy(() -> new IntersectionFeatureMap(0)).hasMessageContaining("order");
    assertThatThrownBy(() -> new IntersectionFeatureMap(2, 0)).hasMessageContaining("period");
  }

  private static double product(SparseHistogram x, SparseHistogram y) {
    return PyramidKernel.LINEAR.row(x, List.of(y))[0];
  }
}
