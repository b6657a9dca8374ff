package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an image comes to a network that was learned with labels. */
class MiddleCropTest {
  /** Red grows with the rows, green with the columns. */
  private static FeatureMaps ramps(int height, int width) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(3, height, width));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.set(0, y, x, (y + 0.5f) / height);
        image.set(1, y, x, (x + 0.5f) / width);
      }
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "92, 80, 80, 92, 92",
    "92, 80, 80, 200, 300",
    "92, 80, 80, 301, 199",
    "80, 80, 80, 10, 13",
    "20, 20, 31, 57, 41",
    "23, 31, 20, 57, 41",
    "256, 224, 224, 1, 5"
  })
  void theMiddleOfTheImageIsTheMiddleOfTheCrop(
      int resize, int rows, int columns, int height, int width) {
    FeatureMaps crop =
        new MiddleCrop(true, resize, rows, columns, true).apply(ramps(height, width));
    assertThat(crop.shape()).isEqualTo(new Shape(3, rows, columns));
    assertThat(mean(crop, 0)).isCloseTo(0.5, within(0.03));
    assertThat(mean(crop, 1)).isCloseTo(0.5, within(0.03));
  }

  private static double mean(FeatureMaps maps, int map) {
    double sum = 0;
    int plane = maps.shape().plane();
    for (int i = map * plane; i < (map + 1) * plane; i++) {
      sum += maps.data()[i];
    }
    return sum / plane;
  }

  @Test
  void theShorterSideIsResizedAndTheRestCutOff() {
    FeatureMaps crop = new MiddleCrop(true, 92, 80, 80, true).apply(ramps(184, 368));
    // 80 of 92 rows, and 80 of 184 columns.
    assertThat(crop.get(0, 0, 0)).isCloseTo(6.5f / 92, within(0.01f));
    assertThat(crop.get(0, 79, 0)).isCloseTo(85.5f / 92, within(0.01f));
    assertThat(crop.get(1, 0, 0)).isCloseTo(52.5f / 184, within(0.01f));
  }

  @Test
  void anImageOfTheRightSizeStaysAsItIs() {
    FeatureMaps image = ramps(20, 31);
    MiddleCrop crop = new MiddleCrop(true, 20, 20, 31, true);
    assertThat(crop.apply(image).data()).isEqualTo(image.data());
    assertThat(crop.apply(crop.apply(image)).data()).isEqualTo(image.data());
  }

  @Test
  void greyImagesAreRepeatedAndColoursBecomeLuminance() {
    FeatureMaps grey = FeatureMaps.zeros(new Shape(1, 20, 20));
    grey.fill(0.25f);
    FeatureMaps three = new MiddleCrop(true, 20, 16, 16, true).apply(grey);
    assertThat(three.maps()).isEqualTo(3);
    assertThat(three.data()).containsOnly(0.25f);
    assertThat(new MiddleCrop(false, 20, 16, 16, true).apply(ramps(20, 20)).maps()).isEqualTo(1);
  }

  /** Resized, it would have a hundred thousand columns. */
  @Test
  void aLineOfPixelsIsNoUsableImage() {
    MiddleCrop crop = new MiddleCrop(true, 256, 224, 224, true);
    assertThatThrownBy(() -> crop.apply(FeatureMaps.zeros(new Shape(3, 1, 500))))
        .isInstanceOf(ImageTooSmallException.class)
        .hasMessageContaining("at most 32 times the crop's proportions, got 1 x 500 pixels");
    assertThat(crop.apply(FeatureMaps.zeros(new Shape(3, 10, 300))).width()).isEqualTo(224);
  }

  @Test
  void aSizeThatIsNoneIsNamed() {
    assertThatThrownBy(() -> new MiddleCrop(true, 79, 80, 90, true))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("at least the crop's shorter side, 80, got 79");
    MiddleCrop crop = new MiddleCrop(true, 20, 16, 16, true);
    assertThatThrownBy(() -> crop.apply(FeatureMaps.zeros(new Shape(4, 20, 20))))
        .hasMessageContaining("expected 1 (grey) or 3 (red, green, blue) maps, got 4");
    FeatureMaps broken = ramps(20, 20);
    broken.data()[5] = Float.NaN;
    assertThatThrownBy(() -> crop.apply(broken)).hasMessageContaining("expected finite numbers");
  }
}
