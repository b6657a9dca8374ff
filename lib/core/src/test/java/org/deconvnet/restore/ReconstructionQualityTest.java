package org.deconvnet.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class ReconstructionQualityTest {
  private static FeatureMaps image(float... numbers) {
    return FeatureMaps.of(new Shape(1, 1, numbers.length), numbers);
  }

  @Test
  void figuresFollowTheirFormulas() {
    // Mean 0.5, Σ(y − ȳ)² = 0.25, Σy² = 1.25, Σ(y − x)² = 0.04.
    ReconstructionQuality q =
        ReconstructionQuality.of(
            image(0.25f, 0.75f, 0.75f, 0.25f), image(0.35f, 0.65f, 0.85f, 0.15f));
    assertThat(q.relativeError()).isCloseTo(0.04 / 1.25, within(1e-7));
    assertThat(q.snr()).isCloseTo(10 * Math.log10(0.25 / 0.04), within(1e-5));
    assertThat(q.psnr()).isCloseTo(20, within(1e-5));
  }

  @Test
  void aConstantAddedToBothChangesNeitherSnrNorPsnr() {
    ReconstructionQuality dark = ReconstructionQuality.of(image(0, 0.5f), image(0.25f, 0.5f));
    ReconstructionQuality bright = ReconstructionQuality.of(image(8, 8.5f), image(8.25f, 8.5f));
    assertThat(bright.snr()).isCloseTo(dark.snr(), within(1e-9));
    assertThat(bright.psnr()).isCloseTo(dark.psnr(), within(1e-9));
  }

  @Test
  void hiddenPixelsAreJudgedAlone() {
    FeatureMaps y = image(0.25f, 9, 0.75f, 0.75f, 9, 0.25f);
    FeatureMaps x = image(0.35f, 0, 0.65f, 0.85f, 0, 0.15f);
    assertThat(ReconstructionQuality.ofHidden(y, x, image(0, 1, 0, 0, 1, 0)))
        .isEqualTo(
            ReconstructionQuality.of(
                image(0.25f, 0.75f, 0.75f, 0.25f), image(0.35f, 0.65f, 0.85f, 0.15f)));
    assertThatThrownBy(() -> ReconstructionQuality.ofHidden(y, x, image(0, 1)))
        .hasMessageContaining("mask: expected shape");
  }

  @Test
  void limitsAreInfinities() {
    FeatureMaps y = image(0, 1);
    assertThat(ReconstructionQuality.of(y, y).snr()).isInfinite().isPositive();
    assertThat(ReconstructionQuality.of(image(1, 1), y).snr()).isInfinite().isNegative();
    assertThatThrownBy(() -> ReconstructionQuality.of(y, image(1)))
        .hasMessageContaining("reconstruction quality: expected shape");
  }
}
