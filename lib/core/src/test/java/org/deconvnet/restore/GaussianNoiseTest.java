package org.deconvnet.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest {
  private static final FeatureMaps BLACK = FeatureMaps.zeros(new Shape(1, 200, 200));

  @Test
  void meanIsZeroAndDeviationAsAsked() {
    float[] noise = new GaussianNoise(0.05, 1).addTo("a.png", BLACK).data();
    double sum = 0;
    double squares = 0;
    for (float v : noise) {
      sum += v;
      squares += (double) v * v;
    }
    // Four standard errors of 40,000 draws.
    assertThat(sum / noise.length).isCloseTo(0, within(0.05 * 4 / 200));
    assertThat(Math.sqrt(squares / noise.length)).isCloseTo(0.05, within(0.05 * 4 / 280));
  }

  @Test
  void idAndSeedDecideEveryNumber() {
    float[] first = new GaussianNoise(0.1, 1).addTo("a.png", BLACK).data();
    assertThat(new GaussianNoise(0.1, 1).addTo("a.png", BLACK).data()).isEqualTo(first);
    assertThat(new GaussianNoise(0.1, 1).addTo("b.png", BLACK).data()).isNotEqualTo(first);
    assertThat(new GaussianNoise(0.1, 2).addTo("a.png", BLACK).data()).isNotEqualTo(first);
    assertThat(BLACK.squaredNorm()).isZero();
  }

  @Test
  void noNoiseIsAnError() {
    assertThatThrownBy(() -> new GaussianNoise(0, 1))
        .hasMessage("noise: standard deviation: expected a positive number, got 0.0");
  }
}
