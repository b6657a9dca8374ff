package org.deconvnet.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientedGradientsTest {
  /** A plane a·x + b·y has the same gradient (a, b) everywhere, border included. */
  @ParameterizedTest
  @CsvSource({"1,0,0", "0,2,2", "-3,0,4", "0,-1,6", "2,2,1", "1,-1,7"})
  void aPlaneLiesInItsOwnDirection(float a, float b, int direction) {
    FeatureMaps maps = OrientedGradients.DEFAULTS.apply(plane(a, b));
    for (int n = 0; n < 8; n++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 7; x++) {
          double expected = n == direction ? Math.hypot(a, b) : 0;
          assertThat(maps.data()[maps.index(n, y, x)]).isCloseTo((float) expected, within(1e-5f));
        }
      }
    }
  }

  @Test
  void anAngleBetweenTwoDirectionsIsSharedByBoth() {
    double angle = 2 * Math.PI / 8 * 2.25;
    FeatureMaps maps =
        OrientedGradients.DEFAULTS.apply(plane((float) Math.cos(angle), (float) Math.sin(angle)));
    assertThat(maps.data()[maps.index(2, 2, 3)]).isCloseTo(0.75f, within(1e-4f));
    assertThat(maps.data()[maps.index(3, 2, 3)]).isCloseTo(0.25f, within(1e-4f));
  }

  @Test
  void colourIsRefused() {
    assertThatThrownBy(
            () -> OrientedGradients.DEFAULTS.apply(FeatureMaps.zeros(new Shape(3, 4, 4))))
        .hasMessageContaining("channels: expected 1, got 3");
  }

  private static FeatureMaps plane(float a, float b) {
    FeatureMaps grey = FeatureMaps.zeros(new Shape(1, 5, 7));
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 7; x++) {
        grey.data()[grey.index(0, y, x)] = a * x + b * y;
      }
    }
    return grey;
  }
}
