package org.deconvnet.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BetaScheduleTest {
  @Test
  void standardIsThePapers() {
    BetaSchedule schedule = BetaSchedule.standard();
    assertThat(schedule.betas()).containsExactly(1.0, 10.0, 100.0, 1e3, 1e4, 1e5);
    assertThat(schedule.cgSteps()).isEqualTo(2);
    assertThat(schedule.tolerance()).isEqualTo(1e-6);
  }

  @Test
  void betasHaveToIncrease() {
    assertThat(BetaSchedule.of(1, 3, 4).rounds()).isEqualTo(3);
    assertThatThrownBy(() -> BetaSchedule.of(1, 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "beta schedule: betas: expected strictly increasing numbers, got 3.0 after 3.0");
    assertThatThrownBy(() -> BetaSchedule.geometric(1, 0.5, 3, 2, 1e-6))
        .hasMessageContaining("got 0.5 after 1.0");
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    assertThatThrownBy(BetaSchedule::of).hasMessageContaining("rounds: expected at least 1");
    assertThatThrownBy(() -> BetaSchedule.of(0, 1)).hasMessageContaining("beta 1: expected a posi");
    assertThatThrownBy(() -> BetaSchedule.of(1, Double.NaN)).hasMessageContaining("beta 2");
    assertThatThrownBy(() -> BetaSchedule.geometric(1, 1e200, 3, 2, 1e-6))
        .hasMessageContaining("beta 3: expected a positive number, got Infinity");
    assertThatThrownBy(() -> BetaSchedule.of(1).withCgSteps(0))
        .hasMessageContaining("cgSteps: expected at least 1, got 0");
  }
}
