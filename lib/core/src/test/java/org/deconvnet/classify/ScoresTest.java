package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final int[] CLASSES = {1, 4, 6, 7};

  @Test
  void ratesByHand() {
    int[] truth = {1, 1, 1, 1, 4, 4, 7};
    int[] predicted = {1, 1, 1, 4, 4, 6, 1};
    ConfusionMatrix matrix = ConfusionMatrix.of(CLASSES, truth, predicted);
    assertThat(matrix.counts())
        .isDeepEqualTo(new int[][] {{3, 1, 0, 0}, {0, 1, 1, 0}, {0, 0, 0, 0}, {1, 0, 0, 0}});
    assertThat(matrix.perClassRate()).containsExactly(0.75, 0.5, Double.NaN, 0);
    assertThat(matrix.meanPerClassRate()).isCloseTo(1.25 / 3, within(1e-12));
    assertThat(matrix.overall()).isCloseTo(4.0 / 7, within(1e-12));
    assertThat(matrix.classes()).containsExactly(CLASSES);
  }

  @Test
  void theMatrixIsItsOwn() {
    ConfusionMatrix matrix = ConfusionMatrix.of(CLASSES, new int[] {1}, new int[] {1});
    matrix.counts()[0][0] = 9;
    matrix.classes()[0] = 9;
    assertThat(matrix.counts()[0][0]).isOne();
    assertThat(matrix.classes()[0]).isOne();
  }

  @Test
  void badLabelsAreNamed() {
    assertThatThrownBy(() -> ConfusionMatrix.of(CLASSES, new int[] {1}, new int[] {5}))
        .hasMessageContaining("[1, 4, 6, 7], got 5");
    assertThatThrownBy(() -> ConfusionMatrix.of(CLASSES, new int[0], new int[0]))
        .hasMessageContaining("test images");
    assertThatThrownBy(() -> ConfusionMatrix.of(CLASSES, new int[2], new int[1]))
        .hasMessageContaining("predictions");
  }

  @Test
  void meanAndSpreadOverSplits() {
    SplitStatistics statistics = SplitStatistics.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(statistics.splits()).isEqualTo(8);
    assertThat(statistics.mean()).isEqualTo(5);
    assertThat(statistics.standardDeviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
    assertThat(SplitStatistics.of(3)).isEqualTo(new SplitStatistics(1, 3, 0));
    assertThatThrownBy(SplitStatistics::of).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> SplitStatistics.of(1, Double.NaN)).hasMessageContaining("finite");
  }
}
