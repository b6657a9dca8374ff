package org.deconvnet.pursuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.pyramid.Codebook;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelCellsTest {
  private static final ArrayKernels KERNELS = new ScalarArrayKernels();
  private static final int ATOMS = 30;
  private static final int SPARSITY = 4;

  private final Codebook atoms = Dictionaries.random(ATOMS, PixelWindows.DIMENSION, 5);

  private static FeatureMaps image(int height, int width) {
    Random random = new Random(height * 100L + width);
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, height, width));
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = random.nextFloat();
    }
    return image;
  }

  private PixelCells cells(Signs signs, int cell) {
    return new PixelCells(atoms, SPARSITY, signs, cell, KERNELS);
  }

  /** Odd and even sides, of whole cells and not. */
  @ParameterizedTest
  @CsvSource({"17, 23, 4", "20, 16, 4", "23, 12, 6", "9, 5, 1"})
  void aCellHoldsTheLargestCodesOfItsWindows(int height, int width, int cell) {
    FeatureMaps image = image(height, width);
    FeatureMaps got = cells(Signs.APART, cell).of(image);
    int rows = (height - 4) / cell;
    int columns = (width - 4) / cell;
    assertThat(got.shape()).isEqualTo(new Shape(2 * ATOMS, rows, columns));
    int top = (height - rows * cell) / 2 - 2;
    int left = (width - columns * cell) / 2 - 2;
    double[][] largest = new double[2 * ATOMS][rows * columns];
    for (int y = 0; y < rows * cell; y++) {
      for (int x = 0; x < columns * cell; x++) {
        double[] code = plain(image, top + y, left + x);
        int at = y / cell * columns + x / cell;
        for (int k = 0; k < ATOMS; k++) {
          largest[k][at] = Math.max(largest[k][at], code[k] / 5);
          largest[ATOMS + k][at] = Math.max(largest[ATOMS + k][at], -code[k] / 5);
        }
      }
    }
    for (int i = 0; i < got.data().length; i++) {
      double expected = largest[i / (rows * columns)][i % (rows * columns)];
      assertThat((double) got.data()[i]).as("number %d", i).isCloseTo(expected, within(1e-4));
    }
  }

  private double[] plain(FeatureMaps image, int top, int left) {
    double[] window = new double[PixelWindows.DIMENSION];
    double mean = 0;
    for (int i = 0; i < window.length; i++) {
      window[i] = image.get(0, top + i / 5, left + i % 5);
      mean += window[i] / window.length;
    }
    for (int i = 0; i < window.length; i++) {
      window[i] -= mean;
    }
    double[][] units = Dictionaries.rows(atoms.centres(), PixelWindows.DIMENSION);
    return PlainPursuit.code(units, window, SPARSITY);
  }

  @Test
  void signsTogetherAreTheLargerOfSignsApart() {
    FeatureMaps image = image(30, 41);
    FeatureMaps together = cells(Signs.TOGETHER, 4).of(image);
    FeatureMaps apart = cells(Signs.APART, 4).of(image);
    int half = together.data().length;
    assertThat(apart.data()).hasSize(2 * half);
    for (int i = 0; i < half; i++) {
      assertThat(together.data()[i]).isEqualTo(Math.max(apart.data()[i], apart.data()[half + i]));
    }
    assertThat(together.nonZeros()).isGreaterThan(half / 3);
  }

  @Test
  void aFlatImageHasNoCodeAndFewGreyLevelsHaveOne() {
    FeatureMaps image = FeatureMaps.zeros(new Shape(1, 16, 16));
    image.fill(0.3f);
    image.set(0, 2, 2, 0.301f);
    assertThat(cells(Signs.TOGETHER, 4).of(image).nonZeros()).isZero();
    image.set(0, 2, 2, 0.31f);
    FeatureMaps one = cells(Signs.TOGETHER, 4).of(image);
    assertThat(one.nonZeros()).isPositive();
    assertThat(one.get(0, 2, 2)).as("windows far from that pixel").isZero();
  }

  @ParameterizedTest
  @CsvSource({"4, 300", "7, 300", "300, 7", "1, 1"})
  void anImageWithoutAWholeCellHasOneOfZeros(int height, int width) {
    FeatureMaps cells = cells(Signs.APART, 4).of(image(height, width));
    assertThat(cells.shape()).isEqualTo(new Shape(2 * ATOMS, 1, 1));
    assertThat(cells.nonZeros()).isZero();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> cells(Signs.TOGETHER, 4).of(FeatureMaps.zeros(new Shape(3, 20, 20))))
        .hasMessageContaining("maps of a grey image")
        .hasMessageContaining("got 3");
    assertThatThrownBy(
            () -> new PixelCells(Dictionaries.random(3, 9, 1), 2, Signs.APART, 4, KERNELS))
        .hasMessageContaining("numbers of an atom");
    assertThatThrownBy(() -> new PursuitOptions(1, 4, 50, Signs.TOGETHER))
        .hasMessageContaining("atoms: expected from 2 to 1024, got 1");
    assertThatThrownBy(() -> new PursuitOptions(75, 26, 50, Signs.TOGETHER))
        .hasMessageContaining("sparsity: expected from 1 to 25, got 26");
    assertThatThrownBy(() -> new PursuitOptions(75, 4, 0, Signs.TOGETHER))
        .hasMessageContaining("rounds: expected at least 1, got 0");
  }
}
