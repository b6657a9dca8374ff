package org.deconvnet.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deconvnet.speed.KernelSpeed;
import org.deconvnet.speed.KernelTurns;
import org.junit.jupiter.api.Test;

class KernelTurnsTest {
  @Test
  void aTurnTakesThreeOperationsAtSixShapesAndThePeakLast() {
    List<KernelSpeed> turn = new KernelTurns("vector").turn(0);
    assertThat(turn).hasSize(19).allMatch(speed -> speed.gflops() > 0);
    assertThat(turn.subList(0, 18)).extracting(KernelSpeed::op).doesNotContain("peak");
    assertThat(turn.get(18).op()).isEqualTo("peak");
  }
}
