package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseHistogramTest {
  @Test
  void denseAndSparseAgree() {
    SparseHistogram h = SparseHistogram.of(new float[] {0, 2, 0, -3});
    assertThat(h.indices()).containsExactly(1, 3);
    assertThat(h.values()).containsExactly(2, -3);
    assertThat(h.toDense()).containsExactly(0, 2, 0, -3);
  }

  @Test
  void disorderIsRefused() {
    assertThatThrownBy(() -> new SparseHistogram(5, new int[] {2, 2}, new float[2]))
        .hasMessageContaining("index above 2, got 0.0 at index 2");
    assertThatThrownBy(() -> new SparseHistogram(5, new int[] {5}, new float[1]))
        .hasMessageContaining("histogram of 5");
    assertThatThrownBy(() -> new SparseHistogram(5, new int[] {-1}, new float[1]))
        .hasMessageContaining("at index -1");
    assertThatThrownBy(() -> new SparseHistogram(5, new int[] {1}, new float[] {Float.NaN}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> SparseHistogram.of(new float[] {1, -1}).requireNonNegative("this"))
        .hasMessageContaining("this: expected no negative entry, got -1.0 at index 1");
  }
}
