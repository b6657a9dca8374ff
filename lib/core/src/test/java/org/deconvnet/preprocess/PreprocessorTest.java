package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.deconvnet.engine.EngineContract;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTest {
  private static final PreprocessOptions PLAIN =
      PreprocessOptions.DEFAULTS.withLocalContrast(false);

  @ParameterizedTest
  @CsvSource({"200,300,100,150", "300,200,150,100", "3,1000,1,150", "60,75,120,150", "150,7,150,7"})
  void theLongerSideBecomes150AndTheShapeIsKept(int h, int w, int newH, int newW) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(3, h, w));
    assertThat(new Preprocessor(PLAIN).apply(image).shape()).isEqualTo(new Shape(1, newH, newW));
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg,true,31",
    "png,true,0",
    "gif,false,31",
    "bmp,false,0",
    "ppm,true,200",
    "jpeg,false,60"
  })
  void decodingRowByRowGivesTheSameBits(String format, boolean grey, int longestSide) {
    byte[] file = ImageBytes.write(ImageBytes.textured(60, 40), format);
    Preprocessor preprocessor =
        new Preprocessor(PreprocessOptions.DEFAULTS.withGrey(grey).withLongestSide(longestSide));
    FeatureMaps whole = preprocessor.apply(ImageDecoder.decode(file, DecodeLimits.DEFAULT));
    FeatureMaps rows = preprocessor.decode(file, DecodeLimits.DEFAULT);
    assertThat(rows.shape()).isEqualTo(whole.shape());
    assertThat(rows.data()).isEqualTo(whole.data());
    FeatureMaps resized = preprocessor.decodeResized(file, DecodeLimits.DEFAULT);
    assertThat(preprocessor.apply(resized).data()).isEqualTo(whole.data());
  }

  @Test
  void resizingKeepsConstantsAndTheMean() {
    FeatureMaps flat = FeatureMaps.zeros(new Shape(1, 301, 211));
    flat.fill(0.7f);
    for (float v : new Preprocessor(PLAIN).apply(flat).data()) {
      assertThat(v).isCloseTo(0.7f, within(1e-5f));
    }
    FeatureMaps noise = EngineContract.maps(new Shape(1, 300, 300), new Random(1));
    for (int i = 0; i < noise.data().length; i++) {
      noise.data()[i] = 0.5f + 0.1f * noise.data()[i];
    }
    double mean = Arrays.stream(doubles(new Preprocessor(PLAIN).apply(noise))).average().orElse(0);
    assertThat(mean).isCloseTo(0.5, within(0.003));
  }

  @Test
  void greyIsLuminanceAndColourIsKeptWhereAsked() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(3, 150, 10));
    Arrays.fill(image.data(), 0, 1500, 1f);
    assertThat(new Preprocessor(PLAIN).apply(image).get(0, 3, 3)).isCloseTo(0.299f, within(1e-4f));
    assertThat(new Preprocessor(PLAIN.withGrey(false)).apply(image).maps()).isEqualTo(3);
  }

  @Test
  void paddingPutsTheImageInTheUpperLeftCorner() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 75, 150));
    image.fill(1);
    FeatureMaps padded = new Preprocessor(PLAIN.withPadToSquare(true)).apply(image);
    assertThat(padded.shape()).isEqualTo(new Shape(1, 150, 150));
    assertThat(padded.get(0, 74, 149)).isCloseTo(1, within(1e-5f));
    assertThat(padded.get(0, 75, 0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"20,31", "5,3", "1,1", "14,2"})
  void contrastNormalisationAgreesWithTheFormula(int height, int width) {
    FeatureMaps image = EngineContract.maps(new Shape(1, height, width), new Random(4));
    FeatureMaps got = new LocalContrastNormalization(13, 4.773).apply(image);
    double[] expected = oracle(image);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) got.data()[i]).as("pixel %d", i).isCloseTo(expected[i], within(1e-4));
    }
  }

  @Test
  void aConstantImageBecomesZeros() {
    FeatureMaps flat = FeatureMaps.zeros(new Shape(1, 30, 20));
    flat.fill(0.3f);
    assertThat(new LocalContrastNormalization(13, 4.773).apply(flat).nonZeros()).isZero();
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> PLAIN.withWindow(12, 4)).hasMessageContaining("12");
    assertThatThrownBy(() -> PLAIN.withWindow(13, 0)).hasMessageContaining("sigma");
    assertThatThrownBy(() -> PLAIN.withLongestSide(-1)).hasMessageContaining("-1");
  }

  /** The formula with four loops: v = x − w∗x, s = √(w∗v²), y = v / max(s, lower median of s). */
  private static double[] oracle(FeatureMaps image) {
    double[] x = doubles(image);
    double[] mean = blurred(x, image.height(), image.width());
    double[] v = new double[x.length];
    double[] squares = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      v[i] = x[i] - mean[i];
      squares[i] = v[i] * v[i];
    }
    double[] s = blurred(squares, image.height(), image.width());
    Arrays.setAll(s, i -> Math.sqrt(s[i]));
    double[] sorted = s.clone();
    Arrays.sort(sorted);
    double floor = sorted[(sorted.length - 1) / 2];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x.length == 1 ? 0 : v[i] / Math.max(s[i], floor);
    }
    return y;
  }

  private static double[] blurred(double[] x, int height, int width) {
    double[] out = new double[x.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double sum = 0;
        double weights = 0;
        for (int i = -6; i <= 6; i++) {
          for (int j = -6; j <= 6; j++) {
            double w = Math.exp(-(i * i + j * j) / (2 * 4.773 * 4.773));
            sum += w * x[mirrored(row + i, height) * width + mirrored(column + j, width)];
            weights += w;
          }
        }
        out[row * width + column] = sum / weights;
      }
    }
    return out;
  }

  private static int mirrored(int i, int n) {
    int at = i;
    while (n > 1 && (at < 0 || at >= n)) {
      at = at < 0 ? -at : 2 * (n - 1) - at;
    }
    return n == 1 ? 0 : at;
  }

  private static double[] doubles(FeatureMaps maps) {
    double[] values = new double[maps.data().length];
    Arrays.setAll(values, i -> maps.data()[i]);
    return values;
  }
}
