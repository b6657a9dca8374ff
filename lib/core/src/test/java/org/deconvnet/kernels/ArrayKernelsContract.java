package org.deconvnet.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What all array kernels must hold to: the plain loops' results, to the bit, at awkward sizes. */
public abstract class ArrayKernelsContract {
  protected abstract ArrayKernels kernels();

  @Test
  void theStrongestOfEachColumnWinsWithItsLine() {
    for (int width : new int[] {1, 7, 16, 33, 207}) {
      Random random = new Random(width);
      float[] data = new float[9 * (width + 2)];
      int[] starts = new int[9];
      for (int line = 0; line < starts.length; line++) {
        starts[line] = 1 + (8 - line) * (width + 2);
      }
      for (int i = 0; i < data.length; i++) {
        // Few sizes, so that equal ones of both signs occur; never 0, which has two signs.
        data[i] = Math.round(random.nextGaussian() * 2) + 0.5f;
      }
      data[starts[4]] = Float.NaN;
      int[] ranks = new int[width];
      int[] winners = new int[width];
      int[] expectedRanks = new int[width];
      int[] expectedWinners = new int[width];
      kernels().strongest(data, starts, 9, width, ranks, winners);
      new ScalarArrayKernels().strongest(data, starts, 9, width, expectedRanks, expectedWinners);
      assertThat(ranks).isEqualTo(expectedRanks);
      assertThat(winners).isEqualTo(expectedWinners);
      assertThat(ArrayKernels.ranked(ranks[0])).isNaN();
      assertThat(winners[0]).isEqualTo(4);
    }
  }

  @Test
  void columnSumsAreThoseOfThePlainLoopsToTheBit() {
    for (int width : new int[] {1, 7, 16, 33, 64, 207}) {
      Random random = new Random(width);
      float[] table = positive(12 * width, random);
      int[] rows = {3, 5, 6, 9, 11, 14};
      float[] values = positive(rows.length, random);
      float[] products = positive(width, random);
      float[] minima = products.clone();
      float[] expectedProducts = products.clone();
      float[] expectedMinima = products.clone();
      kernels().addProducts(table, rows, values, 1, 5, 3, products);
      kernels().addMinima(table, rows, values, 1, 5, 3, minima);
      ScalarArrayKernels plain = new ScalarArrayKernels();
      plain.addProducts(table, rows, values, 1, 5, 3, expectedProducts);
      plain.addMinima(table, rows, values, 1, 5, 3, expectedMinima);
      assertThat(products).isEqualTo(expectedProducts);
      assertThat(minima).isEqualTo(expectedMinima);
    }
  }

  @Test
  void productsAreThoseOfThePlainLoopsToTheBit() {
    Random random = new Random(5);
    for (int rows : new int[] {1, 4, 7}) {
      for (int columns : new int[] {1, 11, 48, 53}) {
        float[] a = positive(rows * 9, random);
        float[] b = positive(9 * columns, random);
        float[] got = positive(rows * columns, random);
        float[] expected = new float[got.length];
        kernels().product(a, rows, 9, b, columns, got);
        new ScalarArrayKernels().product(a, rows, 9, b, columns, expected);
        assertThat(got).isEqualTo(expected);
        double first = 0;
        for (int d = 0; d < 9; d++) {
          first += (double) a[d] * b[d * columns];
        }
        assertThat(got[0]).isCloseTo((float) first, within(1e-5f));
      }
    }
  }

  @Test
  void descentIsThatOfThePlainLoopsToTheBit() {
    for (int maps : new int[] {16, 48, 64, 80}) {
      for (boolean nonNegative : new boolean[] {false, true}) {
        Random random = new Random(maps);
        float[] gradient = signed(9 * maps, random);
        float[] bounds = positive(maps, random);
        bounds[maps - 1] = Float.POSITIVE_INFINITY;
        Arrays.fill(gradient, 4 * maps, 5 * maps, 0);
        float[] products = signed(8 * maps, random);
        Arrays.fill(products, 4 * maps, 5 * maps, 0);
        CoordinateState got = state(gradient, bounds, nonNegative);
        CoordinateState expected = state(gradient, bounds, nonNegative);
        kernels().descend(got, 0.75f, products, maps, 1, 7);
        new ScalarArrayKernels().descend(expected, 0.75f, products, maps, 1, 7);
        assertThat(got.gradient()).isEqualTo(expected.gradient());
        assertThat(got.largest()).isEqualTo(expected.largest());
        float first = 0;
        for (int k = 0; k < maps; k++) {
          float moved = Math.fma(0.75f, products[maps + k], gradient[maps + k]);
          assertThat(got.gradient()[maps + k]).isEqualTo(moved);
          first = Math.max(first, (nonNegative ? moved : Math.abs(moved)) - bounds[k]);
        }
        assertThat(got.largest()[1]).isEqualTo(first);
        assertThat(got.largest()[0]).isZero();
        assertThat(got.largest()[4]).isZero();
        assertThat(got.largest()[8]).isZero();
      }
    }
  }

  private static CoordinateState state(float[] gradient, float[] bounds, boolean nonNegative) {
    return new CoordinateState(gradient.clone(), bounds, nonNegative, new float[9]);
  }

  private static float[] signed(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] positive(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
