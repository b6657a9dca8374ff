package org.deconvnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.deconvnet.describe.DescriptorGrid;
import org.deconvnet.pyramid.PyramidOptions;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.pyramid.SpatialPyramid;
import org.deconvnet.pyramid.WordWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramIntersectionTest {
  @Test
  void gramAndRowsAreTheSumOfMinima() {
    List<SparseHistogram> train = Histograms.randoms(1, 9, 200, 0.2);
    List<SparseHistogram> test = Histograms.randoms(2, 4, 200, 0.3);
    float[][] gram = Histograms.intersections(train, train);
    float[][] rows = Histograms.intersections(test, train);
    for (int j = 0; j < train.size(); j++) {
      for (int i = 0; i < train.size(); i++) {
        assertThat(gram[i][j]).isCloseTo(minima(train.get(i), train.get(j)), within(1e-6f));
      }
      for (int i = 0; i < test.size(); i++) {
        assertThat(rows[i][j]).isCloseTo(minima(test.get(i), train.get(j)), within(1e-6f));
      }
      assertThat(gram[j][j]).isCloseTo(1, within(1e-5f));
    }
  }

  /** K = 2^−L I⁰ + Σ_{l ≥ 1} 2^−(L−l+1) I^l, level by level, from whole counts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void oneIntersectionIsThePyramidMatchKernel(int levels) {
    int words = 3;
    int side = 13;
    int[] first = words(new Random(5), side * side, words);
    int[] second = words(new Random(6), side * side, words);
    double kernel = Math.pow(2, -(levels - 1)) * level(first, second, side, words, 0);
    for (int l = 1; l < levels; l++) {
      kernel += Math.pow(2, -(levels - 1 - l + 1)) * level(first, second, side, words, l);
    }
    assertThat(
            (double)
                HistogramIntersection.row(
                    pyramid(levels, first, side, words),
                    List.of(pyramid(levels, second, side, words)))[0])
        .isCloseTo(kernel, within(1e-6));
  }

  @Test
  void badHistogramsAreNamed() {
    SparseHistogram good = SparseHistogram.of(new float[] {1, 0});
    SparseHistogram negative = SparseHistogram.of(new float[] {1, -2});
    SparseHistogram longer = SparseHistogram.of(new float[] {1, 0, 0});
    assertThatThrownBy(() -> HistogramIntersection.row(longer, List.of(good)))
        .hasMessageContaining("expected 3, got 2");
    assertThatThrownBy(() -> HistogramIntersection.row(negative, List.of(good)))
        .hasMessageContaining("no negative entry")
        .hasMessageContaining("got -2.0 at index 1");
  }

  private static float minima(SparseHistogram x, SparseHistogram y) {
    float[] a = x.toDense();
    float[] b = y.toDense();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.min(a[i], b[i]);
    }
    return (float) sum;
  }

  private static int[] words(Random random, int count, int words) {
    return random.ints(count, 0, words).toArray();
  }

  private static SparseHistogram pyramid(int levels, int[] words, int side, int vocabulary) {
    int[] starts = new int[side];
    float[] ones = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      starts[i % side] = i % side;
      ones[i] = 1;
    }
    DescriptorGrid grid =
        new DescriptorGrid(side, side, 1, starts, starts, 1, new float[words.length]);
    return new SpatialPyramid(new PyramidOptions(levels))
        .histogram(grid, new WordWeights(1, words, ones), vocabulary);
  }

  private static double level(int[] first, int[] second, int side, int vocabulary, int level) {
    int cells = 1 << level;
    int[][] counts = new int[2][cells * cells * vocabulary];
    for (int i = 0; i < first.length; i++) {
      int line = i / side;
      int row = (int) Math.floor((line + 0.5) * cells / side);
      int column = (int) Math.floor((i % side + 0.5) * cells / side);
      counts[0][(row * cells + column) * vocabulary + first[i]]++;
      counts[1][(row * cells + column) * vocabulary + second[i]]++;
    }
    double sum = 0;
    for (int i = 0; i < counts[0].length; i++) {
      sum += Math.min(counts[0][i], counts[1][i]);
    }
    return sum / first.length;
  }
}
