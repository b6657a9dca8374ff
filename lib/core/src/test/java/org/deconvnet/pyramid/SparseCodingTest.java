package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.deconvnet.describe.DescriptorGrid;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.junit.jupiter.api.Test;

class SparseCodingTest {
  private static final ArrayKernels KERNELS = new ScalarArrayKernels();

  @Test
  void orthogonalWordsAreShrunkOneByOneWhateverTheirLength() {
    Codebook axes = new Codebook(3, 3, new float[] {2, 0, 0, 0, 0.5f, 0, 0, 0, 1});
    DescriptorGrid grid = Grids.of(1, 1, 3, new float[] {0.6f, 0.7f, -0.4f});
    float[] weights = dense(new SparseCoding(3, 0.2).code(grid, axes, KERNELS), 0, 3);
    assertThat(weights[0]).isCloseTo(0.4f, within(1e-6f));
    assertThat(weights[1]).isCloseTo(0.5f, within(1e-6f));
    assertThat(weights[2]).as("negative correlations count for nothing").isZero();
  }

  /** Optimality of a convex problem: slope λ where a weight stands, at most λ where none does. */
  @Test
  void everyWeightIsOptimal() {
    Random random = new Random(4);
    int dimension = 24;
    Codebook codebook = new Codebook(12, dimension, positive(random, 12 * dimension));
    DescriptorGrid grid = Grids.of(4, 6, dimension, positive(random, 24 * dimension));
    SparseCoding coding = new SparseCoding(8, 0.15);
    WordWeights codes = coding.code(grid, codebook, KERNELS);
    float[] units = codebook.atUnitNorm().centres();
    int standing = 0;
    for (int n = 0; n < codes.count(); n++) {
      double[] rest = rest(grid, codes, units, n);
      for (int p = 0; p < codes.perDescriptor(); p++) {
        double slope = product(units, codes.word(n, p) * dimension, rest);
        if (codes.weight(n, p) > 0) {
          assertThat(slope).isCloseTo(coding.lambda(), within(2e-3));
          standing++;
        } else {
          assertThat(codes.weight(n, p)).isZero();
          assertThat(slope).isLessThan(coding.lambda() + 2e-3);
        }
      }
    }
    assertThat(standing).as("weights of 24 descriptors").isBetween(24, 24 * 7);
  }

  private static double[] rest(DescriptorGrid grid, WordWeights codes, float[] units, int n) {
    int dimension = grid.dimension();
    double[] rest = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      rest[d] = grid.values()[n * dimension + d];
      for (int p = 0; p < codes.perDescriptor(); p++) {
        rest[d] -= (double) codes.weight(n, p) * units[codes.word(n, p) * dimension + d];
      }
    }
    return rest;
  }

  private static double product(float[] units, int from, double[] rest) {
    double sum = 0;
    for (int d = 0; d < rest.length; d++) {
      sum += units[from + d] * rest[d];
    }
    return sum;
  }

  @Test
  void emptyDescriptorsAndEmptyWordsGetNoWeight() {
    Codebook codebook = new Codebook(3, 2, new float[] {0, 0, 1, 0, 0, 3});
    DescriptorGrid grid = Grids.of(1, 2, 2, new float[] {0, 0, 0, 1});
    WordWeights codes = SparseCoding.DEFAULTS.code(grid, codebook, KERNELS);
    assertThat(dense(codes, 0, 3)).containsOnly(0);
    assertThat(dense(codes, 1, 3)).containsExactly(0, 0, 0.8f);
    assertThat(codebook.atUnitNorm().centres()).containsExactly(0, 0, 1, 0, 0, 1);
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new SparseCoding(0, 0.2)).hasMessageContaining("neighbours");
    assertThatThrownBy(() -> new SparseCoding(4, 0)).hasMessageContaining("lambda");
  }

  private static float[] dense(WordWeights codes, int descriptor, int words) {
    float[] dense = new float[words];
    for (int p = 0; p < codes.perDescriptor(); p++) {
      dense[codes.word(descriptor, p)] = codes.weight(descriptor, p);
    }
    return dense;
  }

  /** Descriptors of responses have no negative number, and unit norm or nearly so. */
  private static float[] positive(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 0.7f * Math.abs((float) random.nextGaussian());
    }
    return numbers;
  }

  @Test
  void sumsOfPartsGiveTheSameWordsToTheBit() {
    Random random = new Random(3);
    float[] descriptors = positive(random, 200 * 5);
    Codebook words = new Codebook(6, 5, Arrays.copyOf(descriptors, 30)).atUnitNorm();
    SparseCodingSums whole = sums(words);
    whole.add(descriptors, words, KERNELS);
    SparseCodingSums first = sums(words);
    first.add(Arrays.copyOfRange(descriptors, 0, 355), words, KERNELS);
    SparseCodingSums second = sums(words);
    second.add(Arrays.copyOfRange(descriptors, 355, 1000), words, KERNELS);
    float[] parts = second.merge(first).next(words).centres();
    assertThat(parts).isEqualTo(whole.next(words).centres());
  }

  @Test
  void roundsLowerTheObjectiveAndKeepUnitNorms() {
    Random random = new Random(9);
    float[] descriptors = positive(random, 300 * 6);
    Codebook words = new Codebook(10, 6, Arrays.copyOf(descriptors, 60)).atUnitNorm();
    double first = objective(descriptors, words);
    double last = first;
    for (int round = 0; round < 5; round++) {
      SparseCodingSums sums = sums(words);
      sums.add(descriptors, words, KERNELS);
      words = sums.next(words);
      double now = objective(descriptors, words);
      assertThat(now).isLessThan(last * 1.0001);
      last = now;
    }
    assertThat(last).isLessThan(0.98 * first);
    for (int k = 0; k < 10; k++) {
      assertThat(words.halfSquaredNorm(k)).isCloseTo(0.5f, within(1e-6f));
    }
  }

  @Test
  void aWordThatNobodyUsesStays() {
    Codebook words = new Codebook(2, 2, new float[] {1, 0, 0, 1});
    SparseCodingSums sums = sums(words);
    sums.add(new float[] {0.8f, 0.1f, 0.9f, 0.2f}, words, KERNELS);
    float[] next = sums.next(words).centres();
    assertThat(Arrays.copyOfRange(next, 2, 4)).containsExactly(0, 1);
    assertThat(next[1] / next[0]).as("the weighted mean's direction").isBetween(0.12f, 0.23f);
  }

  private static SparseCodingSums sums(Codebook words) {
    return new SparseCodingSums(words.words(), words.dimension(), SparseCoding.DEFAULTS);
  }

  private static double objective(float[] descriptors, Codebook words) {
    int dimension = words.dimension();
    SparseCoding coding = SparseCoding.DEFAULTS;
    DescriptorGrid grid = Grids.of(1, descriptors.length / dimension, dimension, descriptors);
    WordWeights codes = coding.code(grid, words, KERNELS);
    double sum = 0;
    for (int n = 0; n < codes.count(); n++) {
      for (double r : rest(grid, codes, words.centres(), n)) {
        sum += r * r / 2;
      }
      for (int p = 0; p < codes.perDescriptor(); p++) {
        sum += coding.lambda() * codes.weight(n, p);
      }
    }
    return sum;
  }
}
