package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void aBarIsForAScreenThatCanRedrawALine() {
    assertThat(Screen.redraws(Map.of("TERM", "xterm"), true)).isTrue();
    assertThat(Screen.redraws(Map.of("TERM", "xterm"), false)).isFalse();
    assertThat(Screen.redraws(Map.of("TERM", "dumb"), true)).isFalse();
    assertThat(Screen.redraws(Map.of("CI", "true"), true)).isFalse();
  }

  @Test
  void theWidthIsTheEnvironmentsElse80() {
    assertThat(Screen.columns("120")).isEqualTo(120);
    assertThat(Screen.columns(null)).isEqualTo(80);
    assertThat(Screen.columns("wide")).isEqualTo(80);
    assertThat(Screen.columns("7")).isEqualTo(80);
  }
}
