package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The steps before the network of 2010, and the mean that is subtracted first. */
class Network2010Test {
  private static final PreprocessOptions OPTIONS = PreprocessOptions.NETWORK_2010;
  private static final PreprocessOptions MEAN_ALONE = OPTIONS.withLocalContrast(false);

  private static FeatureMaps noise(Shape shape) {
    Random random = new Random(5);
    FeatureMaps image = FeatureMaps.zeros(shape);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = random.nextFloat();
    }
    return image;
  }

  private static double mean(FeatureMaps maps, int map) {
    double sum = 0;
    for (int i = 0; i < maps.shape().plane(); i++) {
      sum += maps.data()[map * maps.shape().plane() + i];
    }
    return sum / maps.shape().plane();
  }

  @Test
  void optionsAreThoseOfThePaper() {
    assertThat(OPTIONS)
        .isEqualTo(
            new PreprocessOptions(
                false, 0, false, true, true, 5, 1.591, Border.VALID, 1, Deviation.AUTO, true));
  }

  @Test
  void hundredPixelsBecomeNinetySixAndColourStays() {
    FeatureMaps out = new Preprocessor(OPTIONS).apply(noise(new Shape(3, 100, 100)));
    assertThat(out.shape()).isEqualTo(new Shape(3, 96, 96));
    Preprocessor padding = new Preprocessor(OPTIONS.withPadToSquare(true).withLongestSide(50));
    FeatureMaps padded = padding.apply(noise(new Shape(1, 60, 100)));
    assertThat(padded.shape())
        .isEqualTo(new Shape(3, 46, 46))
        .isEqualTo(padding.outputShape(new Shape(1, 60, 100)));
    assertThat(padded.get(2, 25, 45)).isNotZero();
    assertThat(padded.get(2, 26, 0)).isZero();
  }

  @Test
  void everyMapLosesItsOwnMean() {
    FeatureMaps image = noise(new Shape(3, 20, 31));
    for (int i = 0; i < 620; i++) {
      image.data()[i] *= 0.1f;
    }
    FeatureMaps out = new Preprocessor(MEAN_ALONE).apply(image);
    for (int map = 0; map < 3; map++) {
      assertThat(mean(out, map)).isCloseTo(0, within(1e-8));
      double expected = image.get(map, 7, 9) - mean(image, map);
      assertThat((double) out.get(map, 7, 9)).isCloseTo(expected, within(1e-7));
    }
  }

  @Test
  void theMeanIsThatOfTheImageAsResized() {
    FeatureMaps out =
        new Preprocessor(MEAN_ALONE.withLongestSide(33)).apply(noise(new Shape(3, 20, 21)));
    assertThat(out.shape()).isEqualTo(new Shape(3, 31, 33));
    assertThat(mean(out, 1)).isCloseTo(0, within(1e-7));
  }

  @Test
  void withLocalContrastTheMeanChangesNothingButRounding() {
    FeatureMaps image = noise(new Shape(3, 20, 30));
    float[] with = new Preprocessor(OPTIONS).apply(image).data();
    float[] without = new Preprocessor(OPTIONS.withSubtractMean(false)).apply(image).data();
    for (int i = 0; i < with.length; i++) {
      assertThat(with[i]).isCloseTo(without[i], within(1e-6f));
    }
  }

  @Test
  void aConstantImageBecomesZeros() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(3, 37, 41));
    image.fill(0.7f);
    assertThat(new Preprocessor(OPTIONS).apply(image).data()).hasSize(3 * 33 * 37).containsOnly(0f);
    assertThat(new Preprocessor(MEAN_ALONE).apply(image).data()).containsOnly(0f);
    assertThat(image.data()).containsOnly(0.7f);
  }

  @Test
  void whatCountsIsTheSizeAfterResizing() {
    Preprocessor preprocessor = new Preprocessor(OPTIONS.withLongestSide(100));
    assertThat(preprocessor.outputShape(new Shape(3, 1, 20))).isEqualTo(new Shape(3, 1, 96));
    FeatureMaps narrow = noise(new Shape(3, 1, 25));
    assertThatThrownBy(() -> preprocessor.apply(narrow))
        .isInstanceOf(ImageTooSmallException.class)
        .hasMessageContaining("got 4 x 100");
    assertThat(new Preprocessor(MEAN_ALONE).apply(narrow).shape()).isEqualTo(narrow.shape());
  }
}
