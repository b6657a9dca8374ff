package org.deconvnet.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.describe.DescriptorGrid;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.junit.jupiter.api.Test;

class CodingTest {
  private static final ArrayKernels KERNELS = new ScalarArrayKernels();
  private static final Codebook LINE = new Codebook(4, 1, new float[] {3, 0, 1, 0.5f});

  @Test
  void hardAssignmentIsTheNearestWordWithWeightOne() {
    DescriptorGrid grid = Grids.of(1, 3, 1, new float[] {0.9f, 2.5f, -1});
    WordWeights codes = new HardAssignment().code(grid, LINE, KERNELS);
    assertThat(codes.perDescriptor()).isOne();
    assertThat(new int[] {codes.word(0, 0), codes.word(1, 0), codes.word(2, 0)})
        .containsExactly(2, 0, 1);
    assertThat(codes.weight(2, 0)).isEqualTo(1);
  }

  @Test
  void softWeightsAreTheSoftmaxOfSquaredDistances() {
    DescriptorGrid grid = Grids.of(1, 1, 1, new float[] {0.8f});
    WordWeights codes = new SoftAssignment(2, 10).code(grid, LINE, KERNELS);
    assertThat(new int[] {codes.word(0, 0), codes.word(0, 1)}).containsExactly(2, 3);
    double near = Math.exp(-10 * 0.2 * 0.2);
    double far = Math.exp(-10 * 0.3 * 0.3);
    assertThat(codes.weight(0, 0)).isCloseTo((float) (near / (near + far)), within(1e-5f));
    assertThat(codes.weight(0, 1)).isCloseTo((float) (far / (near + far)), within(1e-5f));
  }

  @Test
  void equallyNearWordsShareInOrder() {
    Codebook pair = new Codebook(3, 1, new float[] {1, -1, 1});
    WordWeights codes =
        new SoftAssignment(3, 2).code(Grids.of(1, 1, 1, new float[] {0}), pair, KERNELS);
    for (int i = 0; i < 3; i++) {
      assertThat(codes.word(0, i)).isEqualTo(i);
      assertThat(codes.weight(0, i)).isCloseTo(1 / 3f, within(1e-6f));
    }
  }

  @Test
  void weightsSumToOneAndLeadWithTheNearestWord() {
    Random random = new Random(2);
    Codebook codebook = new Codebook(30, 8, gaussian(random, 240));
    DescriptorGrid grid = Grids.of(40, 30, 8, gaussian(random, 9600));
    WordWeights codes = SoftAssignment.DEFAULTS.code(grid, codebook, KERNELS);
    int[] nearest = NearestWords.of(grid, codebook, 1, KERNELS).first(1);
    assertThat(codes.count()).isEqualTo(1200);
    for (int n = 0; n < codes.count(); n++) {
      assertThat(codes.word(n, 0)).isEqualTo(nearest[n]);
      double sum = 0;
      for (int i = 0; i < 5; i++) {
        sum += codes.weight(n, i);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void aSmallVocabularyIsUsedWhole() {
    WordWeights codes =
        SoftAssignment.DEFAULTS.code(Grids.of(1, 2, 1, new float[2]), LINE, KERNELS);
    assertThat(codes.perDescriptor()).isEqualTo(4);
    assertThatThrownBy(() -> new SoftAssignment(0, 1)).hasMessageContaining("neighbours");
    assertThatThrownBy(() -> new SoftAssignment(1, 0)).hasMessageContaining("beta");
  }

  /** Solved by elimination in plain double precision, from the definition. */
  @Test
  void localityConstrainedWeightsRebuildTheDescriptorBest() {
    Random random = new Random(5);
    Codebook codebook = new Codebook(12, 9, gaussian(random, 108));
    DescriptorGrid grid = Grids.of(3, 5, 9, gaussian(random, 135));
    LocalityConstrainedCoding llc = new LocalityConstrainedCoding(4, 1e-4);
    WordWeights codes = llc.code(grid, codebook, KERNELS);
    for (int n = 0; n < codes.count(); n++) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        sum += codes.weight(n, i);
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      double best = objective(llc, grid, codebook, codes, n, 0, 0, 0);
      // The objective is convex: no step along the plane of sum 1 may lower it.
      for (int a = 0; a < 4; a++) {
        for (int b = 0; b < 4; b++) {
          assertThat(objective(llc, grid, codebook, codes, n, a, b, 1e-2))
              .isGreaterThanOrEqualTo(best - 1e-5 * Math.abs(best));
        }
      }
    }
  }

  private static double objective(
      LocalityConstrainedCoding llc,
      DescriptorGrid grid,
      Codebook codebook,
      WordWeights codes,
      int n,
      int up,
      int down,
      double step) {
    int dimension = grid.dimension();
    double[] rest = new double[dimension];
    double trace = 0;
    double squares = 0;
    for (int i = 0; i < llc.neighbours(); i++) {
      double w = codes.weight(n, i) + (i == up ? step : 0) - (i == down ? step : 0);
      squares += w * w;
      for (int d = 0; d < dimension; d++) {
        double offset =
            codebook.centres()[codes.word(n, i) * dimension + d] - grid.values()[n * dimension + d];
        rest[d] += w * offset;
        trace += offset * offset;
      }
    }
    double fit = 0;
    for (double r : rest) {
      fit += r * r;
    }
    return fit + llc.ridge() * trace * squares;
  }

  @Test
  void aDescriptorAmongCoincidingWordsCountsForThemAlike() {
    Codebook same = new Codebook(3, 2, new float[] {1, 2, 1, 2, 1, 2});
    WordWeights codes =
        LocalityConstrainedCoding.DEFAULTS.code(
            Grids.of(1, 1, 2, new float[] {1, 2}), same, KERNELS);
    for (int i = 0; i < 3; i++) {
      assertThat(codes.weight(0, i)).isCloseTo(1 / 3f, within(1e-6f));
    }
  }

  @Test
  void codesOfAConfigurationAreFoundByName() {
    assertThat(PyramidCode.named("llc")).isEqualTo(PyramidCode.LLC);
    assertThatThrownBy(() -> PyramidCode.named("dense"))
        .hasMessageContaining(
            "expected one of hard, soft, softmax, llc, sparse, maps, got 'dense'");
  }

  private static float[] gaussian(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
