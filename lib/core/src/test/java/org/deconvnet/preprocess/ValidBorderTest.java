package org.deconvnet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local contrast as the network of 2010 takes it: no pixel beyond the edges, a fixed floor. */
class ValidBorderTest {
  private static final LocalContrastNormalization PAPER =
      new LocalContrastNormalization(5, 1.591, Border.VALID, 1, Deviation.AUTO);

  private static FeatureMaps noise(Shape shape, float range) {
    Random random = new Random(11);
    FeatureMaps image = FeatureMaps.zeros(shape);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = range * random.nextFloat();
    }
    return image;
  }

  /** The formula of one map, window by window: v and s, each at the window's centre. */
  private static double[][] oracle(FeatureMaps x, int map, int window, double sigma) {
    int h = x.height() - window + 1;
    int w = x.width() - window + 1;
    double[][] vAndS = new double[2][h * w];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        double mean = weighted(x, map, i, j, window, sigma, 0, 1);
        vAndS[0][i * w + j] = x.get(map, i + window / 2, j + window / 2) - mean;
        vAndS[1][i * w + j] = Math.sqrt(weighted(x, map, i, j, window, sigma, mean, 2));
      }
    }
    return vAndS;
  }

  /** The Gaussian average of (x - about)^power in the window whose first pixel is (top, left). */
  private static double weighted(
      FeatureMaps x,
      int map,
      int top,
      int left,
      int window,
      double sigma,
      double about,
      int power) {
    double weights = 0;
    double sum = 0;
    for (int i = 0; i < window; i++) {
      for (int j = 0; j < window; j++) {
        double square = Math.pow(i - window / 2, 2) + Math.pow(j - window / 2, 2);
        double weight = Math.exp(-square / (2 * sigma * sigma));
        weights += weight;
        sum += weight * Math.pow(x.get(map, top + i, left + j) - about, power);
      }
    }
    return sum / weights;
  }

  @ParameterizedTest
  @CsvSource({
    "100,100,5,1.591,1,1",
    "23,17,5,1.591,1,255",
    "23,17,5,1.591,0,255",
    "5,5,5,1.591,1,9",
    "5,12,5,1.591,0,1",
    "14,13,13,4.773,0.25,1",
    "30,40,3,0.7,0.3,1"
  })
  void equalsTheDirectFormula(
      int height, int width, int window, double sigma, double floor, float range) {
    FeatureMaps image = noise(new Shape(3, height, width), range);
    FeatureMaps out =
        new LocalContrastNormalization(window, sigma, Border.VALID, floor, Deviation.AUTO)
            .apply(image);
    assertThat(out.shape()).isEqualTo(new Shape(3, height - window + 1, width - window + 1));
    int plane = out.shape().plane();
    for (int map = 0; map < 3; map++) {
      double[][] vAndS = oracle(image, map, window, sigma);
      double[] sorted = vAndS[1].clone();
      Arrays.sort(sorted);
      double least = floor > 0 ? floor : sorted[(plane - 1) / 2];
      for (int i = 0; i < plane; i++) {
        double expected = vAndS[0][i] / Math.max(vAndS[1][i], least);
        assertThat((double) out.data()[map * plane + i]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void theFloorOfOneIsPureSubtractionBetweenZeroAndOne() {
    FeatureMaps image = noise(new Shape(3, 20, 30), 1);
    image.set(0, 10, 10, 1);
    image.set(0, 10, 11, 0);
    FeatureMaps out = PAPER.apply(image);
    for (int map = 0; map < 3; map++) {
      double[] v = oracle(image, map, 5, 1.591)[0];
      for (int i = 0; i < v.length; i++) {
        assertThat((double) out.data()[map * v.length + i]).isCloseTo(v[i], within(1e-7));
      }
    }
  }

  @Test
  void aboveTheFloorTheDeviationDivides() {
    FeatureMaps image = noise(new Shape(1, 20, 30), 255);
    FeatureMaps twice = image.copy();
    for (int i = 0; i < twice.data().length; i++) {
      twice.data()[i] *= 2;
    }
    float[] expected = PAPER.apply(image).data();
    float[] got = PAPER.apply(twice).data();
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void theFloorWorksWithTheReflectingBorderToo() {
    FeatureMaps image = noise(new Shape(1, 20, 30), 1);
    FeatureMaps reflected =
        new LocalContrastNormalization(5, 1.591, Border.REFLECT, 1, Deviation.AUTO).apply(image);
    assertThat(reflected.shape()).isEqualTo(image.shape());
    // On [0, 1] neither border divides, so away from the edges they are one subtraction.
    FeatureMaps valid = PAPER.apply(image);
    for (int y = 0; y < valid.height(); y++) {
      for (int x = 0; x < valid.width(); x++) {
        assertThat(reflected.get(0, y + 2, x + 2)).isEqualTo(valid.get(0, y, x));
      }
    }
  }

  /** Away from the edges both borders see the same pixels, so their deviations must agree. */
  @Test
  void theDeviationOfTheWindowIsTheSameWithBothBorders() {
    FeatureMaps image = noise(new Shape(1, 20, 30), 1);
    float[] v = PAPER.apply(image).data();
    FeatureMaps valid = divided(Border.VALID, Deviation.AUTO).apply(image);
    FeatureMaps window = divided(Border.REFLECT, Deviation.WINDOW).apply(image);
    FeatureMaps centred = divided(Border.REFLECT, Deviation.AUTO).apply(image);
    assertThat(centred.data()).isNotEqualTo(window.data());
    assertThat(divided(Border.REFLECT, Deviation.CENTRED).apply(image).data())
        .isEqualTo(centred.data());
    for (int y = 0; y < valid.height(); y++) {
      for (int x = 0; x < valid.width(); x++) {
        assertThat(window.get(0, y + 2, x + 2)).isEqualTo(valid.get(0, y, x));
        assertThat(valid.get(0, y, x)).isNotEqualTo(v[y * valid.width() + x]);
      }
    }
  }

  /** A floor that no deviation of noise reaches, so that every pixel is divided by its own. */
  private static LocalContrastNormalization divided(Border border, Deviation deviation) {
    return new LocalContrastNormalization(5, 1.591, border, 1e-3, deviation);
  }

  /**
   * On a slope without end v is zero: the deviation that is left is rounding, the window's is not.
   */
  @Test
  void aSlopeIsContrastForTheWindowAlone() {
    FeatureMaps slope = FeatureMaps.zeros(new Shape(1, 40, 41));
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 41; x++) {
        slope.set(0, y, x, x + (x == 20 && y == 20 ? 0.5f : 0));
      }
    }
    float centred = divided(Border.REFLECT, Deviation.CENTRED).apply(slope).get(0, 20, 20);
    float window = divided(Border.REFLECT, Deviation.WINDOW).apply(slope).get(0, 20, 20);
    assertThat(centred).isGreaterThan(3 * window);
    assertThat(window).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void aConstantImageBecomesZeros(double floor) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(3, 40, 50));
    image.fill(0.7f);
    FeatureMaps out =
        new LocalContrastNormalization(5, 1.591, Border.VALID, floor, Deviation.AUTO).apply(image);
    assertThat(out.shape()).isEqualTo(new Shape(3, 36, 46));
    assertThat(out.data()).containsOnly(0f);
  }

  @Test
  void everyMapIsNormalisedByItself() {
    FeatureMaps image = noise(new Shape(3, 12, 9), 255);
    FeatureMaps green =
        FeatureMaps.of(new Shape(1, 12, 9), Arrays.copyOfRange(image.data(), 108, 216));
    assertThat(Arrays.copyOfRange(PAPER.apply(image).data(), 40, 80))
        .isEqualTo(PAPER.apply(green).data());
  }

  @ParameterizedTest
  @CsvSource({"4,5", "5,4", "100,1"})
  void anImageSmallerThanTheWindowIsNamed(int height, int width) {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, height, width));
    assertThatThrownBy(() -> PAPER.apply(image))
        .isInstanceOf(ImageTooSmallException.class)
        .hasMessageContaining("expected at least 5 x 5 pixels")
        .hasMessageContaining("got %d x %d".formatted(height, width));
    assertThat(new LocalContrastNormalization(5, 1.591).apply(image).shape())
        .isEqualTo(image.shape());
  }

  @Test
  void refusesWrongFloorsAndNoBorder() {
    for (double floor : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> new LocalContrastNormalization(5, 1, Border.VALID, floor, Deviation.AUTO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("deviation floor")
          .hasMessageContaining("got " + floor);
    }
    assertThatThrownBy(() -> new LocalContrastNormalization(5, 1, null, 0, Deviation.AUTO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("border: expected reflect or valid");
  }
}
