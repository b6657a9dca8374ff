package org.deconvnet.pursuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.pyramid.Codebook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchPursuitTest {
  @ParameterizedTest
  @CsvSource({"75, 25, 4", "75, 25, 1", "30, 25, 7", "5, 12, 5", "100, 25, 10"})
  void itIsOrthogonalMatchingPursuit(int atoms, int dimension, int sparsity) {
    Codebook dictionary = Dictionaries.random(atoms, dimension, 3);
    int signals = 50;
    float[] all = Dictionaries.gaussian(signals * dimension, 4);
    double[][] units = Dictionaries.rows(dictionary.centres(), dimension);
    double[][] rows = Dictionaries.rows(all, dimension);
    Correlations correlations = correlations(dictionary, all);
    BatchPursuit pursuit = new BatchPursuit(dictionary, sparsity);
    for (int y = 0; y < signals; y++) {
      double[] expected = PlainPursuit.code(units, rows[y], sparsity);
      int count = pursuit.code(correlations.values(), correlations.start(y));
      double[] got = weights(pursuit, count, atoms);
      double left = PlainPursuit.dot(rows[y], rows[y]) - pursuit.explained();
      double rest = 0;
      for (int d = 0; d < dimension; d++) {
        double sum = rows[y][d];
        for (int k = 0; k < atoms; k++) {
          assertThat(got[k]).as("signal %d, atom %d", y, k).isCloseTo(expected[k], within(1e-3));
          sum -= expected[k] * units[k][d];
        }
        rest += sum * sum;
      }
      assertThat(count).isEqualTo(sparsity);
      assertThat(left).isCloseTo(rest, within(1e-3));
    }
  }

  @Test
  void aSignalOfFewAtomsTakesNoMore() {
    Codebook axes = new Codebook(3, 3, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    BatchPursuit pursuit = new BatchPursuit(axes, 3);
    assertThat(pursuit.code(new float[] {0, -2, 0}, 0)).isEqualTo(1);
    assertThat(pursuit.atom(0)).isEqualTo(1);
    assertThat(pursuit.weight(0)).isEqualTo(-2);
    assertThat(pursuit.code(new float[] {9, 0, 0, 0}, 1)).as("zeros").isZero();
    assertThat(pursuit.explained()).isZero();
  }

  @Test
  void ofEqualAtomsTheFirstIsTakenAndTheOtherNever() {
    float half = (float) Math.sqrt(0.5);
    Codebook twins = new Codebook(3, 2, new float[] {half, half, half, half, 1, 0});
    BatchPursuit pursuit = new BatchPursuit(twins, 3);
    Correlations correlations = correlations(twins, new float[] {3, 4});
    assertThat(pursuit.code(correlations.values(), 0)).isEqualTo(2);
    assertThat(pursuit.atom(0)).isZero();
    assertThat(pursuit.atom(1)).isEqualTo(2);
    assertThat(pursuit.explained()).isCloseTo(25, within(1e-3));
  }

  private static Correlations correlations(Codebook dictionary, float[] signals) {
    int count = signals.length / dictionary.dimension();
    Correlations correlations = new Correlations(dictionary, count, new ScalarArrayKernels());
    float[] all = correlations.signals();
    System.arraycopy(signals, 0, all, 0, signals.length);
    correlations.of(all, count);
    return correlations;
  }

  private static double[] weights(BatchPursuit code, int count, int atoms) {
    double[] weights = new double[atoms];
    for (int i = 0; i < count; i++) {
      weights[code.atom(i)] = code.weight(i);
    }
    return weights;
  }
}
