package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.operator.BoundedSynthesis;
import org.deconvnet.operator.LinearMap;
import org.deconvnet.operator.Masked;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomStatisticsTest {
  private static final ConvolutionEngine ENGINE = new ScalarConvolutionEngine();
  private final Random random = new Random(11);

  /** The error of images and codes, and its gradient at a tap, are what the statistics say. */
  @ParameterizedTest
  @EnumSource(
      value = Boundary.class,
      names = {"FULL", "CIRCULAR"})
  void theQuadraticIsTheErrorOfTheImages(Boundary boundary) {
    FilterBank filters = filters(3, 2, 4);
    AtomStatistics statistics = new AtomStatistics(AtomLayout.of(filters), 2);
    double error = 0;
    for (Shape shape : new Shape[] {new Shape(2, 9, 13), new Shape(2, 5, 4)}) {
      FeatureMaps y = random(shape);
      SparseMaps z = code(boundary.maps(filters, shape), 0.2);
      statistics.add(z, y, boundary);
      error += error(filters, boundary, y, null, z);
    }
    assertThat(value(statistics.quadratic(), filters)).isCloseTo(error, within(1e-4 * error));
  }

  @Test
  void theStepDescendsAndStaysInTheBall() {
    FilterBank filters = filters(5, 1, 4);
    AtomStatistics statistics = new AtomStatistics(AtomLayout.of(filters), 1);
    FeatureMaps y = random(new Shape(1, 20, 20));
    SparseMaps z = code(Boundary.FULL.maps(filters, y.shape()), 0.05);
    statistics.add(z, y, Boundary.FULL);
    double last = value(statistics.quadratic(), filters);
    for (int sweeps : new int[] {1, 3, 50}) {
      FilterBank better = new UnitBallStep(sweeps, 1e-12).solve(statistics.quadratic(), filters);
      double now = value(statistics.quadratic(), better);
      assertThat(now).isLessThan(last);
      assertThat(error(better, Boundary.FULL, y, null, z)).isCloseTo(now, within(1e-4 * now));
      for (int k = 0; k < 5; k++) {
        assertThat(better.norm(k)).isLessThanOrEqualTo(1 + 1e-6);
      }
      last = now;
    }
  }

  @Test
  void plantedFiltersAreFoundFromTheirCodes() {
    FilterBank planted = filters(4, 2, 5);
    Shape shape = new Shape(2, 40, 36);
    AtomStatistics statistics = new AtomStatistics(AtomLayout.of(planted), 3);
    for (int i = 0; i < 3; i++) {
      SparseMaps z = code(Boundary.CIRCULAR.maps(planted, shape), 0.02);
      FeatureMaps y = FeatureMaps.zeros(shape);
      new BoundedSynthesis(ENGINE, planted, Boundary.CIRCULAR, shape)
          .applyEntries(z.index(), z.values(), y);
      statistics.add(z, y, Boundary.CIRCULAR);
    }
    FilterBank found =
        new UnitBallStep(2000, 1e-15).solve(statistics.quadratic(), filters(4, 2, 5));
    assertThat(found.data()).containsExactly(planted.data(), within(1e-3f));
  }

  @Test
  void mapsThatNoCodeUsesStay() {
    FilterBank filters = filters(3, 1, 3);
    AtomStatistics statistics = new AtomStatistics(AtomLayout.of(filters), 1);
    Shape code = new Shape(3, 8, 8);
    SparseMaps z = new SparseMaps(code, new int[] {5, 130}, new float[] {1, -2});
    statistics.add(z, random(code.withMaps(1)), Boundary.CIRCULAR);
    AtomQuadratic quadratic = statistics.quadratic();
    assertThat(quadratic.uses(0)).isTrue();
    assertThat(quadratic.uses(1)).isFalse();
    FilterBank better = new UnitBallStep(5, 1e-9).solve(quadratic, filters);
    for (int t = 0; t < 9; t++) {
      assertThat(better.data()[9 + t]).isEqualTo(filters.data()[9 + t]);
    }
    assertThat(better.data()[0]).isNotEqualTo(filters.data()[0]);
  }

  @Test
  void orderAndPartitionDoNotMatterToTheBit() {
    FilterBank filters = filters(3, 1, 3);
    AtomStatistics forwards = new AtomStatistics(AtomLayout.of(filters), 4);
    AtomStatistics first = new AtomStatistics(AtomLayout.of(filters), 4);
    AtomStatistics second = new AtomStatistics(AtomLayout.of(filters), 4);
    for (int i = 0; i < 4; i++) {
      FeatureMaps y = random(new Shape(1, 8, 9));
      SparseMaps z = code(Boundary.FULL.maps(filters, y.shape()), 0.3);
      forwards.add(z, y, Boundary.FULL);
      (i % 2 == 0 ? first : second).add(z, y, Boundary.FULL);
    }
    second.merge(first);
    assertThat(second.quadratic().products()).isEqualTo(forwards.quadratic().products());
    assertThat(second.quadratic().targets()).isEqualTo(forwards.quadratic().targets());
  }

  /** With hidden pixels filled in, a step never raises the error of the seen ones. */
  @ParameterizedTest
  @EnumSource(Boundary.class)
  void hiddenPixelsAreFilledSoThatTheErrorOfSeenOnesFalls(Boundary boundary) {
    FilterBank filters = filters(4, 1, 4);
    FeatureMaps y = random(new Shape(1, 14, 11));
    FeatureMaps mask = FeatureMaps.zeros(y.shape());
    for (int i = 0; i < mask.data().length; i++) {
      mask.data()[i] = random.nextInt(3) == 0 ? 0 : 1;
    }
    SparseMaps z = code(boundary.maps(filters, y.shape()), 0.1);
    double last = error(filters, boundary, y, mask, z);
    for (int round = 0; round < 4; round++) {
      HiddenPixels.Filled filled = HiddenPixels.fill(ENGINE, filters, boundary, y, mask, z);
      AtomStatistics statistics = new AtomStatistics(AtomLayout.of(filters), 1);
      statistics.add(z, filled.image(), filled.boundary());
      filters = new UnitBallStep(3, 1e-12).solve(statistics.quadratic(), filters);
      double now = error(filters, boundary, y, mask, z);
      assertThat(now).isLessThan(last);
      last = now;
    }
  }

  @Test
  void tooManyProductsAreRefused() {
    assertThatThrownBy(() -> new AtomStatistics(new AtomLayout(1000, 1, 16), 1))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("1000 filters of 16 x 16; take fewer or smaller ones");
  }

  private static double error(
      FilterBank filters, Boundary boundary, FeatureMaps y, FeatureMaps mask, SparseMaps z) {
    LinearMap map = new BoundedSynthesis(ENGINE, filters, boundary, y.shape());
    FeatureMaps made = FeatureMaps.zeros(y.shape());
    map.applyEntries(z.index(), z.values(), made);
    FeatureMaps seen = y.copy();
    if (mask != null) {
      Masked.hide(mask, y, seen);
      Masked.hide(mask, made, made);
    }
    return made.squaredDistance(seen);
  }

  /** The quadratic written out, pair by pair. */
  private static double value(AtomQuadratic quadratic, FilterBank f) {
    AtomLayout layout = quadratic.layout();
    int side = f.side();
    double value = quadratic.energy();
    for (int k = 0; k < f.maps(); k++) {
      for (int c = 0; c < f.channels(); c++) {
        for (int i = 0; i < side; i++) {
          for (int j = 0; j < side; j++) {
            double d = f.get(k, c, i, j);
            value -= 2 * d * quadratic.targets()[layout.target(k, c, i, j)];
            for (int other = 0; other < f.maps(); other++) {
              for (int v = 0; v < side; v++) {
                for (int w = 0; w < side; w++) {
                  int at = layout.product(k, i - v, j - w) + other;
                  value += d * quadratic.products()[at] * f.get(other, c, v, w);
                }
              }
            }
          }
        }
      }
    }
    return value;
  }

  private FilterBank filters(int maps, int channels, int side) {
    FilterBank filters = FilterBank.zeros(Connectivity.full(maps, channels), side);
    for (int i = 0; i < filters.data().length; i++) {
      filters.data()[i] = (float) random.nextGaussian();
    }
    for (int k = 0; k < maps; k++) {
      float norm = (float) filters.norm(k);
      for (int i = 0; i < channels * side * side; i++) {
        filters.data()[filters.offset(k, 0) + i] /= norm;
      }
    }
    return filters;
  }

  private FeatureMaps random(Shape shape) {
    FeatureMaps maps = FeatureMaps.zeros(shape);
    for (int i = 0; i < maps.data().length; i++) {
      maps.data()[i] = (float) random.nextGaussian();
    }
    return maps;
  }

  private SparseMaps code(Shape shape, double share) {
    FeatureMaps z = FeatureMaps.zeros(shape);
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] = random.nextDouble() < share ? (float) random.nextGaussian() : 0;
    }
    return SparseMaps.of(z);
  }
}
