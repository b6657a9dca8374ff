package org.deconvnet.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TapGroupTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16})
  void everyTapIsInOneGroupOnce(int side) {
    int[][] met = new int[side][side];
    for (TapGroup group : TapGroup.of(side)) {
      for (int m = 0; m < TapKernel.OUTPUTS; m++) {
        for (int j = 0; j < group.width(); j++) {
          if (group.row(m) < side && group.column(m) + j < side) {
            met[group.row(m)][group.column(m) + j]++;
          }
        }
      }
    }
    for (int[] row : met) {
      assertThat(row).containsOnly(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 4", "3, 12", "5, 28", "6, 36", "7, 56", "8, 64", "9, 84", "11, 132"})
  void fewTapsAreComputedInVain(int side, int taps) {
    List<TapGroup> groups = TapGroup.of(side);
    assertThat(TapGroup.taps(groups)).isEqualTo(taps);
  }
}
