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

class LocalContrastNormalizationTest {
  private static final LocalContrastNormalization PAPER = new LocalContrastNormalization(13, 4.773);

  private static FeatureMaps noise(int maps, int height, int width) {
    Random random = new Random(42);
    FeatureMaps image = FeatureMaps.zeros(new Shape(maps, height, width));
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = random.nextFloat();
    }
    return image;
  }

  /** The formula with a two-dimensional window, pixel by pixel. */
  private static double[][] oracle(FeatureMaps x, int map, int window, double sigma) {
    int h = x.height();
    int w = x.width();
    double[][] v = new double[h][w];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        v[i][j] = x.get(map, i, j);
      }
    }
    double[][] mean = average(v, window, sigma);
    double[][] squares = new double[h][w];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        v[i][j] -= mean[i][j];
        squares[i][j] = v[i][j] * v[i][j];
      }
    }
    double[][] variance = average(squares, window, sigma);
    double[] all = Arrays.stream(variance).flatMapToDouble(Arrays::stream).sorted().toArray();
    double median = Math.sqrt(all[(all.length + 1) / 2 - 1]);
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        v[i][j] /= Math.max(Math.sqrt(variance[i][j]), median);
      }
    }
    return v;
  }

  private static double[][] average(double[][] x, int window, double sigma) {
    double[][] out = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        double weights = 0;
        for (int di = -window / 2; di <= window / 2; di++) {
          for (int dj = -window / 2; dj <= window / 2; dj++) {
            double weight = Math.exp(-(di * di + dj * dj) / (2 * sigma * sigma));
            weights += weight;
            out[i][j] += weight * x[mirrored(i + di, x.length)][mirrored(j + dj, x[0].length)];
          }
        }
        out[i][j] /= weights;
      }
    }
    return out;
  }

  /** Walks back and forth between the edges, one step at a time. */
  private static int mirrored(int target, int n) {
    int at = 0;
    int step = 1;
    for (int i = 0; i < Math.abs(target) && n > 1; i++) {
      if (at + step < 0 || at + step >= n) {
        step = -step;
      }
      at += step;
    }
    return at;
  }

  @ParameterizedTest
  @CsvSource({
    "17,29,13,4.773",
    "5,3,13,4.773",
    "1,8,5,1.5",
    "2,2,13,4.773",
    "31,13,3,0.7",
    "14,1,7,2"
  })
  void equalsTheDirectFormula(int height, int width, int window, double sigma) {
    FeatureMaps image = noise(2, height, width);
    FeatureMaps out = new LocalContrastNormalization(window, sigma).apply(image);
    assertThat(out.shape()).isEqualTo(image.shape());
    for (int map = 0; map < 2; map++) {
      double[][] expected = oracle(image, map, window, sigma);
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          assertThat((double) out.get(map, i, j)).isCloseTo(expected[i][j], within(1e-5));
        }
      }
    }
  }

  @Test
  void noiseComesOutWithMeanNearZeroAndDeviationNearOne() {
    FeatureMaps out = PAPER.apply(noise(1, 60, 80));
    double mean = Arrays.stream(toDoubles(out)).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(0.02));
    assertThat(Math.sqrt(out.squaredNorm() / out.shape().size())).isBetween(0.9, 1.05);
  }

  private static double[] toDoubles(FeatureMaps maps) {
    double[] out = new double[maps.data().length];
    for (int i = 0; i < out.length; i++) {
      out[i] = maps.data()[i];
    }
    return out;
  }

  @Test
  void brightnessAndContrastOfTheWholeImageDoNotMatter() {
    FeatureMaps image = noise(1, 20, 30);
    FeatureMaps other = image.copy();
    for (int i = 0; i < other.data().length; i++) {
      other.data()[i] = 0.25f * other.data()[i] + 0.5f;
    }
    float[] expected = PAPER.apply(image).data();
    float[] got = PAPER.apply(other).data();
    for (int i = 0; i < expected.length; i++) {
      assertThat(got[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  @Test
  void constantImageBecomesZeros() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 40, 50));
    image.fill(0.7f);
    assertThat(PAPER.apply(image).data()).containsOnly(0f);
  }

  @Test
  void mostlyFlatImageStaysFlatWhereItIsAndFinite() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 60, 60));
    image.fill(0.7f);
    image.set(0, 5, 5, 0.1f);
    FeatureMaps out = PAPER.apply(image);
    assertThat(out.get(0, 40, 40)).isCloseTo(0f, within(1e-4f));
    assertThat(out.get(0, 5, 5)).isBetween(-50f, -1f);
  }

  @Test
  void leavesItsInputAlone() {
    FeatureMaps image = noise(1, 9, 9);
    float[] before = image.data().clone();
    PAPER.apply(image);
    assertThat(image.data()).isEqualTo(before);
  }

  @Test
  void refusesSillyWindows() {
    assertThatThrownBy(() -> new LocalContrastNormalization(12, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an odd number of at least 3, got 12");
    assertThatThrownBy(() -> new LocalContrastNormalization(1, 1)).hasMessageContaining("got 1");
    assertThatThrownBy(() -> new LocalContrastNormalization(3, Double.NaN))
        .hasMessageContaining("sigma: expected a positive number, got NaN");
  }
}
