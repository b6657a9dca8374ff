package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.pyramid.SparseHistogram;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
  private static final int[] LABELS = IntStream.range(0, 60).map(i -> i % 3).toArray();

  @Test
  void apartClassesAreNamedRightlyAndShuffledOnesByChance() {
    CrossValidation clear = new CrossValidation(gram(4), LABELS, 3);
    CrossValidation chance = new CrossValidation(gram(0), LABELS, 3);
    assertThat(right(clear)).isEqualTo(60);
    assertThat(right(chance)).isBetween(5, 40);
  }

  private static int right(CrossValidation folds) {
    return IntStream.range(0, 3).map(fold -> folds.right(fold, SvmOptions.DEFAULTS)).sum();
  }

  @Test
  void theFirstOfTheBestWins() {
    assertThat(CrossValidation.best(List.of(1.0, 10.0, 100.0), new int[] {5, 9, 9})).isEqualTo(10);
  }

  @Test
  void aClassOfOneIsRefused() {
    assertThatThrownBy(() -> new CrossValidation(new float[3][3], new int[] {0, 0, 7}, 2))
        .hasMessageContaining("class 7: expected at least 2, got 1");
    assertThatThrownBy(() -> new CrossValidation(new float[0][], new int[0], 1))
        .hasMessageContaining("folds");
  }

  @Test
  void summedKernelsHaveTheirWeightsAsMeanDiagonals() {
    float[][] a = {{2, 1}, {1, 4}};
    float[][] b = {{10, 0}, {0, 30}};
    KernelSum sum = KernelSum.of(new double[] {1, 0.5}, new float[][][] {a, b});
    assertThat(sum.factors()).containsExactly(new double[] {1 / 3.0, 0.5 / 20}, within(1e-12));
    float[][] both = sum.rows(new float[][][] {a, b});
    assertThat((both[0][0] + both[1][1]) / 2).isCloseTo(1.5f, within(1e-6f));
    assertThat(both[0][1]).isCloseTo(1 / 3f, within(1e-6f));
    assertThatThrownBy(() -> new KernelSum(new double[] {0}, new double[] {1}))
        .hasMessageContaining("weight");
  }

  @Test
  void theLinearKernelIsTheInnerProduct() {
    SparseHistogram x = new SparseHistogram(9, new int[] {0, 3, 8}, new float[] {1, -2, 3});
    SparseHistogram y = new SparseHistogram(9, new int[] {3, 5, 8}, new float[] {4, 1, 0.5f});
    float[] row = PyramidKernel.LINEAR.row(x, List.of(x, y));
    assertThat(row).containsExactly(14, -6.5f);
  }

  /** Inner products of points around three centres, so far apart. */
  private static float[][] gram(double apart) {
    Random random = new Random(6);
    double[][] points = new double[60][3];
    for (int i = 0; i < 60; i++) {
      for (int d = 0; d < 3; d++) {
        points[i][d] = random.nextGaussian() * 0.3 + (d == LABELS[i] ? apart : 0);
      }
    }
    float[][] gram = new float[60][60];
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        for (int d = 0; d < 3; d++) {
          gram[i][j] += (float) (points[i][d] * points[j][d]);
        }
      }
    }
    return gram;
  }
}
