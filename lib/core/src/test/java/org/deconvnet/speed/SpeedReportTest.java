package org.deconvnet.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedReportTest {
  private static String table(double peak) {
    List<KernelSpeed> kernels =
        List.of(
            new KernelSpeed("synthesize", "1->15@150, 7x7", 68.6),
            new KernelSpeed("adjoint", "1->15@150, 7x7", 34.3));
    return new SpeedReport("vector", "17", peak, kernels, 0.05, 2, 38).table();
  }

  @Test
  void sharesAreOfThePeak() {
    assertThat(table(100)).contains("peak 100 GFLOP/s", " 69%", " 34%");
  }

  @Test
  void aPeakThatAKernelExceedsIsNoneAndHasNoShares() {
    assertThat(table(0.4)).contains("peak not measured").doesNotContain("%");
    assertThat(table(50)).contains("peak not measured", "68.6      ?").doesNotContain("%");
  }
}
