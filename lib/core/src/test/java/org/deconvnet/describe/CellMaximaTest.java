package org.deconvnet.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class CellMaximaTest {
  private static final Shape SHAPE = new Shape(2, 2, 3);

  @Test
  void eachCellHasItsLargestMagnitude() {
    FeatureMaps maps = FeatureMaps.of(SHAPE, new float[] {1, -5, 2, 0, 3, -4, 0, 0, 0, 0, 0, 7});
    // Columns 0 and 1 lie in the left half, column 2 in the right one.
    assertThat(new CellMaxima(2).of(maps)).containsExactly(5, 2, 3, 4, 0, 0, 0, 7);
    assertThat(new CellMaxima(1).of(maps)).containsExactly(5, 7);
  }

  @Test
  void entriesThatAreNotZeroSuffice() {
    int[] entries = {11, 1, 5};
    float[] values = {7, -5, -4};
    assertThat(new CellMaxima(2).of(SHAPE, entries, values))
        .containsExactly(5, 0, 0, 4, 0, 0, 0, 7);
    assertThatThrownBy(() -> new CellMaxima(2).of(SHAPE, entries, new float[2]))
        .hasMessageContaining("expected 3, got 2");
  }

  @Test
  void mapsSmallerThanTheGridGiveAsManyNumbers() {
    FeatureMaps one = FeatureMaps.of(new Shape(1, 1, 1), new float[] {-2});
    assertThat(new CellMaxima(2).of(one)).containsExactly(2, 0, 0, 0);
    assertThatThrownBy(() -> new CellMaxima(0)).hasMessageContaining("expected at least 1, got 0");
  }
}
