package org.deconvnet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.engine.ScalarConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedSynthesisTest {
  private final Random random = new Random(3);

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void theAdjointIsTheAdjoint(Boundary boundary) {
    for (int[] size : new int[][] {{9, 14}, {5, 5}, {7, 6}}) {
      Shape image = new Shape(2, size[0], size[1]);
      LinearMap map = map(boundary, image, 5);
      assertAdjoint(map);
      FeatureMaps mask = random(image.withMaps(1));
      assertAdjoint(new Masked(map, mask));
    }
  }

  private void assertAdjoint(LinearMap map) {
    FeatureMaps z = random(map.domain());
    FeatureMaps r = random(map.range());
    FeatureMaps image = FeatureMaps.zeros(map.range());
    FeatureMaps code = FeatureMaps.zeros(map.domain());
    map.apply(z, image);
    map.adjoint(r, code);
    assertThat(image.dot(r)).isCloseTo(z.dot(code), within(1e-4 * Math.abs(z.dot(code)) + 1e-4));
  }

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void anAtomLiesWhereItsPlaceSays(Boundary boundary) {
    Shape image = new Shape(2, 8, 9);
    FilterBank filters = filters(3);
    BoundedSynthesis map =
        new BoundedSynthesis(new ScalarConvolutionEngine(), filters, boundary, image);
    Shape code = map.domain();
    for (int row = 0; row < code.height(); row++) {
      for (int column = 0; column < code.width(); column++) {
        FeatureMaps z = FeatureMaps.zeros(code);
        z.set(1, row, column, 2);
        FeatureMaps got = FeatureMaps.zeros(image);
        map.apply(z, got);
        FeatureMaps byEntries = FeatureMaps.zeros(image);
        SparseMaps sparse = SparseMaps.of(z);
        map.applyEntries(sparse.index(), sparse.values(), byEntries);
        FeatureMaps expected = atom(filters, boundary, image, row, column);
        assertThat(got.data()).containsExactly(expected.data(), within(1e-5f));
        assertThat(byEntries.data()).containsExactly(expected.data(), within(1e-5f));
      }
    }
  }

  /** Twice the second filter at a place, pixel by pixel. */
  private static FeatureMaps atom(
      FilterBank filters, Boundary boundary, Shape shape, int row, int column) {
    FeatureMaps image = FeatureMaps.zeros(shape);
    for (int c = 0; c < shape.maps(); c++) {
      for (int i = 0; i < filters.side(); i++) {
        for (int j = 0; j < filters.side(); j++) {
          int r = boundary.firstPixel(row, filters.side()) + i;
          int x = boundary.firstPixel(column, filters.side()) + j;
          if (boundary == Boundary.CIRCULAR) {
            r %= shape.height();
            x %= shape.width();
          }
          if (r >= 0 && r < shape.height() && x >= 0 && x < shape.width()) {
            image.set(c, r, x, 2 * filters.get(1, c, i, j));
          }
        }
      }
    }
    return image;
  }

  private LinearMap map(Boundary boundary, Shape image, int side) {
    return new BoundedSynthesis(new ScalarConvolutionEngine(), filters(side), boundary, image);
  }

  private FilterBank filters(int side) {
    FilterBank filters = FilterBank.zeros(Connectivity.full(4, 2), side);
    for (int i = 0; i < filters.data().length; i++) {
      filters.data()[i] = (float) random.nextGaussian();
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
}
