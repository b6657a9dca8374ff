package org.deconvnet.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingPixelsTest {
  private static final Shape IMAGE = new Shape(3, 40, 50);

  @ParameterizedTest
  @CsvSource({"0.5, 1000", "0.3, 600", "0.0001, 1", "0.9999, 1999"})
  void theShareIsHiddenToThePixel(double share, int hidden) {
    FeatureMaps mask = new MissingPixels(share, 1).mask("a.png", IMAGE);
    assertThat(mask.shape()).isEqualTo(IMAGE.withMaps(1));
    assertThat(2000 - mask.nonZeros()).isEqualTo(hidden);
    assertThat(mask.data()).containsAnyOf(1);
  }

  @Test
  void hiddenPixelsLieEverywhere() {
    FeatureMaps mask = new MissingPixels(0.5, 1).mask("a.png", IMAGE);
    for (int quarter = 0; quarter < 4; quarter++) {
      int seen = 0;
      for (int i = 0; i < 500; i++) {
        seen += (int) mask.data()[500 * quarter + i];
      }
      // Five standard deviations.
      assertThat(seen).isBetween(250 - 50, 250 + 50);
    }
  }

  @Test
  void idAndSeedDecide() {
    float[] first = new MissingPixels(0.5, 1).mask("a.png", IMAGE).data();
    assertThat(new MissingPixels(0.5, 1).mask("a.png", IMAGE).data()).isEqualTo(first);
    assertThat(new MissingPixels(0.5, 1).mask("b.png", IMAGE).data()).isNotEqualTo(first);
    assertThat(new MissingPixels(0.5, 2).mask("a.png", IMAGE).data()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void aShareOfNothingOrAllIsAnError(double share) {
    assertThatThrownBy(() -> new MissingPixels(share, 1))
        .hasMessage("missing pixels: expected a share above 0 and below 1, got " + share);
  }
}
