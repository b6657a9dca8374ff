package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.deconvnet.describe.DescriptorGrid;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.junit.jupiter.api.Test;

class CodebookTest {
  private static final ArrayKernels KERNELS = new ScalarArrayKernels();

  /** Small whole numbers, so that scores are exact and ties are many; more than two blocks. */
  @Test
  void nearestIsTheFirstOfTheLeastDistances() {
    Random random = new Random(4);
    Codebook codebook = new Codebook(9, 3, whole(random, 27));
    DescriptorGrid grid = Grids.of(47, 45, 3, whole(random, 47 * 45 * 3));
    int[] words = NearestWords.of(grid, codebook, 1, KERNELS).first(1);
    int ties = 0;
    for (int n = 0; n < grid.count(); n++) {
      int best = 0;
      for (int k = 1; k < 9; k++) {
        if (distance(codebook, k, grid, n) < distance(codebook, best, grid, n)) {
          best = k;
        } else if (distance(codebook, k, grid, n) == distance(codebook, best, grid, n)) {
          ties++;
        }
      }
      assertThat(words[n]).isEqualTo(best);
    }
    assertThat(ties).isPositive();
  }

  @Test
  void anEmptyGridHasNoWords() {
    DescriptorGrid empty = new DescriptorGrid(9, 9, 16, new int[0], new int[0], 2, new float[0]);
    assertThat(NearestWords.of(empty, new Codebook(1, 2, new float[2]), 1, KERNELS).count())
        .isZero();
  }

  @Test
  void badNumbersAreNamed() {
    assertThatThrownBy(() -> new Codebook(2, 2, new float[] {1, 2, Float.NaN, 4}))
        .hasMessageContaining("word 1");
    assertThatThrownBy(() -> new Codebook(2, 2, new float[3]))
        .hasMessageContaining("expected 4, got 3");
    assertThatThrownBy(
            () ->
                NearestWords.of(
                    Grids.of(1, 1, 3, new float[3]), new Codebook(1, 2, new float[2]), 1, KERNELS))
        .hasMessageContaining("dimension: expected 2, got 3");
  }

  private static float[] whole(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(4);
    }
    return numbers;
  }

  private static double distance(Codebook codebook, int word, DescriptorGrid grid, int n) {
    double sum = 0;
    for (int d = 0; d < grid.dimension(); d++) {
      double difference =
          grid.values()[n * grid.dimension() + d] - codebook.centres()[word * grid.dimension() + d];
      sum += difference * difference;
    }
    return sum;
  }
}
