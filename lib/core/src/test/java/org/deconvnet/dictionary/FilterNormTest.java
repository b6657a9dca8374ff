package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;

class FilterNormTest {
  private static FilterBank drawn(FilterNorm norm) {
    return FilterInitializer.gaussian(Connectivity.full(4, 9), 5, 3, norm);
  }

  private static double plane(FilterBank filters, int map, int channel) {
    double sum = 0;
    for (int i = 0; i < 25; i++) {
      double value = filters.data()[filters.offset(map, channel) + i];
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  @Test
  void aFilterOrEachOfItsPlanesHasUnitNorm() {
    for (int map = 0; map < 4; map++) {
      assertThat(drawn(FilterNorm.FILTER).norm(map)).isCloseTo(1, within(1e-6));
      assertThat(drawn(FilterNorm.PLANE).norm(map)).as("√9").isCloseTo(3, within(1e-5));
      for (int channel = 0; channel < 9; channel++) {
        assertThat(plane(drawn(FilterNorm.PLANE), map, channel)).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void whatCannotBeScaledIsFoundFirst() {
    FilterBank filters = drawn(FilterNorm.FILTER).copy();
    int start = filters.offset(2, 4);
    Arrays.fill(filters.data(), start, start + 25, 0);
    assertThat(FilterNorm.FILTER.isZero(filters, 2)).isFalse();
    assertThat(FilterNorm.PLANE.isZero(filters, 2)).isTrue();
    assertThat(FilterNorm.PLANE.isZero(filters, 1)).isFalse();
    assertThatThrownBy(() -> FilterNorm.PLANE.project(filters))
        .hasMessageContaining("filter 2, channel 4");
  }

  @Test
  void itIsNamedByAWord() {
    assertThat(FilterNorm.of("plane")).isEqualTo(FilterNorm.PLANE);
    assertThatThrownBy(() -> FilterNorm.of("row"))
        .isInstanceOf(UserErrorException.class)
        .hasMessage("norm: expected filter or plane, got 'row'");
  }
}
