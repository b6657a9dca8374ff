package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LayerClockTest {
  private static final long SECOND = 1_000_000_000L;
  private final LayerClock clock = new LayerClock(3, 1);

  @Test
  void theFirstBatchTellsNothing() {
    clock.batchDone(1, 1, 1, 4, 50 * SECOND);
    assertThat(clock.secondsEach()).isNaN();
    assertThat(clock.secondsLeft()).isNaN();
  }

  /** Three epochs and the last pass are sixteen batches: thirteen are left after three. */
  @Test
  void whatIsLeftIncludesThePassAfterTheLastEpoch() {
    clock.batchDone(1, 1, 1, 4, 50 * SECOND);
    clock.batchDone(1, 1, 2, 4, 52 * SECOND);
    clock.batchDone(1, 1, 3, 4, 54 * SECOND);
    assertThat(clock.secondsEach()).isCloseTo(2, within(1e-9));
    assertThat(clock.secondsLeft()).isCloseTo(26, within(1e-9));
  }

  @Test
  void afterTheLastPassNothingIsLeft() {
    clock.batchDone(1, 1, 1, 1, 0);
    clock.batchDone(1, 3, 1, 1, 2 * SECOND);
    assertThat(clock.secondsLeft()).isCloseTo(1, within(1e-9));
    clock.batchDone(1, 4, 1, 1, 3 * SECOND);
    assertThat(clock.secondsLeft()).isZero();
  }

  @Test
  void anotherLayerStartsAnew() {
    clock.batchDone(1, 1, 1, 2, 0);
    clock.batchDone(1, 1, 2, 2, 9 * SECOND);
    clock.batchDone(2, 1, 1, 2, 10 * SECOND);
    assertThat(clock.secondsEach()).isNaN();
    clock.batchDone(2, 1, 2, 2, 11 * SECOND);
    assertThat(clock.secondsLeft()).isCloseTo(2, within(1e-9));
  }

  /** Rates count what this run did, not what a checkpoint brought. */
  @Test
  void aRunThatGoesOnCountsFromItsOwnFirstBatch() {
    clock.batchDone(1, 2, 1, 4, 0);
    clock.batchDone(1, 2, 2, 4, 3 * SECOND);
    assertThat(clock.secondsLeft()).isCloseTo(30, within(1e-9));
  }
}
