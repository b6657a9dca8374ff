package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorStepsTest {
  private static final PreprocessOptions PLAIN =
      PreprocessOptions.DEFAULTS.withLocalContrast(false);

  private static FeatureMaps noise(Shape shape) {
    Random random = new Random(7);
    FeatureMaps image = FeatureMaps.zeros(shape);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = random.nextFloat();
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "200,300,100,150",
    "300,200,150,100",
    "3,1000,1,150",
    "1,1,150,150",
    "50,75,100,150",
    "150,150,150,150",
    "101,301,50,150"
  })
  void longestSideBecomes150AndTheAspectStays(int height, int width, int newHeight, int newWidth) {
    Preprocessor preprocessor = new Preprocessor(PreprocessOptions.DEFAULTS);
    FeatureMaps out = preprocessor.apply(noise(new Shape(3, height, width)));
    assertThat(out.shape()).isEqualTo(new Shape(1, newHeight, newWidth));
    assertThat(preprocessor.outputShape(new Shape(3, height, width))).isEqualTo(out.shape());
  }

  @ParameterizedTest
  @CsvSource({"7,400", "40,60", "333,222"})
  void resizeKeepsConstants(int height, int width) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, height, width));
    image.fill(0.3f);
    for (float v : new Preprocessor(PLAIN).apply(image).data()) {
      assertThat(v).isCloseTo(0.3f, within(1e-6f));
    }
  }

  @Test
  void shrinkingAveragesFineTextureInsteadOfSamplingIt() {
    // One pixel in three: sampling would show 0 or 1.
    FeatureMaps stripes = FeatureMaps.zeros(new Shape(1, 450, 450));
    for (int i = 0; i < stripes.data().length; i++) {
      stripes.data()[i] = i % 2;
    }
    FeatureMaps out = new Preprocessor(PLAIN).apply(stripes);
    assertThat(out.get(0, 75, 75)).isCloseTo(0.5f, within(0.06f));
  }

  @Test
  void enlargingIsBilinear() {
    FeatureMaps image = FeatureMaps.of(new Shape(1, 1, 2), new float[] {0, 1});
    float[] out = new Preprocessor(PLAIN.withLongestSide(4)).apply(image).data();
    assertThat(Arrays.copyOf(out, 4)).containsExactly(0f, 0.25f, 0.75f, 1f);
  }

  @Test
  void shrinkingKeepsARampInItsPlace() {
    FeatureMaps ramp = FeatureMaps.zeros(new Shape(1, 40, 40));
    for (int i = 0; i < ramp.data().length; i++) {
      ramp.data()[i] = (float) Math.floorDiv(i, 40);
    }
    FeatureMaps out = new Preprocessor(PLAIN.withLongestSide(10)).apply(ramp);
    assertThat(out.get(0, 5, 5)).isCloseTo(21.5f, within(1e-4f));
    assertThat(out.get(0, 2, 9)).isCloseTo(9.5f, within(1e-4f));
  }

  @Test
  void greyIsLuminance() {
    FeatureMaps pixel = FeatureMaps.of(new Shape(3, 1, 1), new float[] {1, 0.5f, 0.25f});
    float[] out = new Preprocessor(PLAIN.withLongestSide(0)).apply(pixel).data();
    assertThat(out).hasSize(1);
    assertThat(out[0]).isCloseTo(0.299f + 0.587f * 0.5f + 0.114f * 0.25f, within(1e-6f));
  }

  @Test
  void colourNormalisesEachChannelByItself() {
    FeatureMaps image = noise(new Shape(3, 20, 30));
    Preprocessor colour =
        new Preprocessor(PreprocessOptions.DEFAULTS.withGrey(false).withLongestSide(0));
    FeatureMaps green =
        FeatureMaps.of(new Shape(1, 20, 30), Arrays.copyOfRange(image.data(), 600, 1200));
    float[] alone = new LocalContrastNormalization(13, 4.773).apply(green).data();
    assertThat(Arrays.copyOfRange(colour.apply(image).data(), 600, 1200)).isEqualTo(alone);
  }

  @Test
  void greyImageInAColourCorpusIsRepeated() {
    FeatureMaps grey = noise(new Shape(1, 4, 5));
    FeatureMaps out = new Preprocessor(PLAIN.withGrey(false).withLongestSide(0)).apply(grey);
    assertThat(out.shape()).isEqualTo(new Shape(3, 4, 5));
    assertThat(Arrays.copyOfRange(out.data(), 40, 60)).isEqualTo(grey.data());
  }

  @Test
  void paddingPutsTheImageTopLeftInZeros() {
    FeatureMaps image = noise(new Shape(1, 30, 60));
    FeatureMaps bare = new Preprocessor(PreprocessOptions.DEFAULTS).apply(image);
    Preprocessor padding = new Preprocessor(PreprocessOptions.DEFAULTS.withPadToSquare(true));
    FeatureMaps out = padding.apply(image);
    assertThat(out.shape())
        .isEqualTo(new Shape(1, 150, 150))
        .isEqualTo(padding.outputShape(image.shape()));
    assertThat(Arrays.copyOf(out.data(), 75 * 150)).isEqualTo(bare.data());
    assertThat(Arrays.copyOfRange(out.data(), 75 * 150, 150 * 150)).containsOnly(0f);
  }

  @Test
  void neverSharesItsInput() {
    FeatureMaps image = noise(new Shape(1, 4, 5));
    FeatureMaps out = new Preprocessor(PLAIN.withLongestSide(0)).apply(image);
    assertThat(out.data()).isEqualTo(image.data()).isNotSameAs(image.data());
  }

  @Test
  void travelsToTasks() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Preprocessor(PreprocessOptions.DEFAULTS.withWindow(5, 1.591)));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Preprocessor copy = (Preprocessor) in.readObject();
      FeatureMaps image = noise(new Shape(3, 20, 30));
      assertThat(copy.options()).isEqualTo(PreprocessOptions.DEFAULTS.withWindow(5, 1.591));
      assertThat(copy.apply(image).data())
          .isEqualTo(new Preprocessor(copy.options()).apply(image).data())
          .isNotEqualTo(new Preprocessor(PreprocessOptions.DEFAULTS).apply(image).data());
    }
  }

  @Test
  void defaultsAreThoseOfThePaper() {
    assertThat(PreprocessOptions.DEFAULTS)
        .isEqualTo(
            new PreprocessOptions(
                true, 150, false, false, true, 13, 4.773, Border.REFLECT, 0, Deviation.AUTO, true));
  }

  @Test
  void optionsAndImagesAreChecked() {
    assertThatThrownBy(() -> PLAIN.withLongestSide(-1))
        .hasMessageContaining("longest side (0 keeps the size): expected at least 0, got -1");
    assertThatThrownBy(() -> PLAIN.withWindow(4, 1)).hasMessageContaining("odd", "got 4");
    assertThatThrownBy(() -> PLAIN.withWindow(3, 0))
        .hasMessageContaining("positive number, got 0.0");
    assertThatThrownBy(() -> PLAIN.withBorder(null)).hasMessageContaining("reflect or valid");
    assertThatThrownBy(() -> PLAIN.withDeviationFloor(-1)).hasMessageContaining("got -1.0");
    assertThatThrownBy(() -> PLAIN.withDeviation(null)).hasMessageContaining("centred or window");
    assertThatThrownBy(() -> PreprocessOptions.NETWORK_2010.withDeviation(Deviation.CENTRED))
        .hasMessageContaining("expected auto or window with the valid border, got centred");
    Preprocessor preprocessor = new Preprocessor(PLAIN);
    assertThatThrownBy(() -> preprocessor.apply(FeatureMaps.zeros(new Shape(4, 2, 2))))
        .hasMessageContaining("expected 1 (grey) or 3 (red, green, blue) maps, got 4");
    FeatureMaps broken = FeatureMaps.zeros(new Shape(1, 2, 2));
    broken.set(0, 1, 0, Float.NaN);
    assertThatThrownBy(() -> preprocessor.apply(broken))
        .hasMessageContaining("got NaN at map 0, row 1, column 0");
  }
}
