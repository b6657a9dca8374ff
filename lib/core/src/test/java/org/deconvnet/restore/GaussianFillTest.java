package org.deconvnet.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

class GaussianFillTest {
  private static FeatureMaps maps(int height, int width, float... numbers) {
    return FeatureMaps.of(new Shape(1, height, width), numbers);
  }

  @Test
  void aHiddenPixelIsTheWeightedMeanOfSeenOnes() {
    FeatureMaps image = maps(1, 7, 1, 9, 9, 9, 3, 9, 9);
    FeatureMaps mask = maps(1, 7, 1, 0, 0, 0, 1, 0, 0);
    double far = Math.exp(-9 / 2.0);
    double near = Math.exp(-1 / 2.0);
    // The window of standard deviation 1 reaches 3 pixels; from place 2 both are as far.
    assertThat(GaussianFill.of(image, mask).get(0, 0, 3))
        .isCloseTo((float) ((far * 1 + near * 3) / (far + near)), within(1e-5f));
    assertThat(GaussianFill.of(image, mask).get(0, 0, 2)).isCloseTo(2, within(1e-5f));
  }

  @Test
  void theWindowGrowsUntilItSeesSomething() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(2, 60, 41));
    FeatureMaps mask = FeatureMaps.zeros(image.shape().withMaps(1));
    mask.set(0, 1, 40, 1);
    image.set(0, 1, 40, 0.25f);
    image.set(1, 1, 40, 0.75f);
    FeatureMaps filled = GaussianFill.of(image, mask);
    for (int i = 0; i < mask.data().length; i++) {
      assertThat(filled.data()[i]).isCloseTo(0.25f, within(1e-6f));
      assertThat(filled.data()[mask.data().length + i]).isCloseTo(0.75f, within(1e-6f));
    }
  }

  @Test
  void seenPixelsStayAndTheImageIsNotTouched() {
    FeatureMaps image = maps(2, 2, 0.1f, 0.2f, 0.3f, 0.4f);
    FeatureMaps filled = GaussianFill.of(image, maps(2, 2, 1, 0, 1, 1));
    assertThat(filled.get(0, 0, 0)).isEqualTo(0.1f);
    assertThat(filled.get(0, 1, 1)).isEqualTo(0.4f);
    assertThat(filled.get(0, 0, 1)).isBetween(0.1f, 0.4f).isNotEqualTo(0.2f);
    assertThat(image.get(0, 0, 1)).isEqualTo(0.2f);
  }
}
