package org.deconvnet.pursuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.pyramid.Codebook;
import org.junit.jupiter.api.Test;

class KsvdSumsTest {
  private static final ArrayKernels KERNELS = new ScalarArrayKernels();
  private static final int DIMENSION = 16;
  private static final int ATOMS = 20;
  private static final int SPARSITY = 2;
  private static final int SIGNALS = 2000;

  private final Codebook planted = Dictionaries.random(ATOMS, DIMENSION, 8);
  private final float[] signals = signals(planted);

  /** Each of two atoms of the dictionary. */
  private static float[] signals(Codebook dictionary) {
    Random random = new Random(9);
    float[] signals = new float[SIGNALS * DIMENSION];
    for (int y = 0; y < SIGNALS; y++) {
      for (int taken = 0; taken < SPARSITY; taken++) {
        int atom = random.nextInt(ATOMS);
        float weight = (float) random.nextGaussian();
        for (int d = 0; d < DIMENSION; d++) {
          signals[y * DIMENSION + d] += weight * dictionary.centres()[atom * DIMENSION + d];
        }
      }
    }
    return signals;
  }

  private static KsvdSums sums() {
    return new KsvdSums(ATOMS, DIMENSION, SPARSITY);
  }

  private KsvdSums sums(Codebook atoms) {
    KsvdSums sums = sums();
    sums.add(signals, atoms, KERNELS);
    return sums;
  }

  private Codebook firstSignals() {
    return new Codebook(ATOMS, DIMENSION, Arrays.copyOf(signals, ATOMS * DIMENSION)).atUnitNorm();
  }

  @Test
  void aPlantedDictionaryIsFound() {
    Codebook atoms = firstSignals();
    assertThat(found(atoms)).isLessThan(ATOMS / 2);
    for (int round = 0; round < 40; round++) {
      atoms = sums(atoms).next(atoms);
    }
    assertThat(found(atoms)).as("of 20, as a local minimum may miss some").isGreaterThan(17);
  }

  @Test
  void aRoundLowersTheError() {
    Codebook atoms = Dictionaries.random(ATOMS, DIMENSION, 1);
    double error = sums(atoms).error();
    assertThat(error).isLessThan(squares(signals));
    for (int round = 0; round < 3; round++) {
      atoms = sums(atoms).next(atoms);
      double next = sums(atoms).error();
      assertThat(next).isLessThan(error);
      error = next;
    }
  }

  @Test
  void partitionsAndTheirOrderChangeNoBit() {
    Codebook atoms = firstSignals();
    KsvdSums parts = sums();
    for (int part : new int[] {2, 0, 1}) {
      int from = part == 0 ? 0 : part == 1 ? 7 : 1203;
      int to = part == 0 ? 7 : part == 1 ? 1203 : SIGNALS;
      KsvdSums one = sums();
      one.add(Arrays.copyOfRange(signals, from * DIMENSION, to * DIMENSION), atoms, KERNELS);
      parts.merge(one);
    }
    KsvdSums whole = sums(atoms);
    assertThat(parts.error()).isEqualTo(whole.error());
    assertThat(parts.next(atoms).centres()).isEqualTo(whole.next(atoms).centres());
  }

  @Test
  void anAtomThatIsThereTwiceOrNotUsedBecomesOneOfTheWorstSignals() {
    float[] centres = planted.centres().clone();
    System.arraycopy(centres, 0, centres, 5 * DIMENSION, DIMENSION);
    Codebook twice = new Codebook(ATOMS, DIMENSION, centres);
    float[] next = sums(twice).next(twice).centres();
    assertThat(cosine(next, 0, next, 5)).isLessThan(0.99);
    assertThat(bestSignal(next, 5)).as("cosine with a signal").isGreaterThan(0.9999);
    assertThat(cosine(next, 1, planted.centres(), 1)).isGreaterThan(0.9);
  }

  @Test
  void withoutSignalsAtomsStayWhereTheyAre() {
    assertThat(sums().next(planted).centres()).isEqualTo(planted.centres());
  }

  private int found(Codebook atoms) {
    int found = 0;
    for (int k = 0; k < ATOMS; k++) {
      double best = 0;
      for (int j = 0; j < ATOMS; j++) {
        best = Math.max(best, cosine(planted.centres(), k, atoms.centres(), j));
      }
      found += best > 0.99 ? 1 : 0;
    }
    return found;
  }

  private double bestSignal(float[] atoms, int atom) {
    double best = 0;
    for (int y = 0; y < SIGNALS; y++) {
      best = Math.max(best, cosine(atoms, atom, signals, y));
    }
    return best;
  }

  private static double cosine(float[] a, int row, float[] b, int other) {
    double[] one = row(a, row);
    double[] two = row(b, other);
    double norms = PlainPursuit.dot(one, one) * PlainPursuit.dot(two, two);
    return norms == 0 ? 0 : Math.abs(PlainPursuit.dot(one, two)) / Math.sqrt(norms);
  }

  private static double[] row(float[] numbers, int row) {
    double[] one = new double[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      one[d] = numbers[row * DIMENSION + d];
    }
    return one;
  }

  private static double squares(float[] numbers) {
    double squares = 0;
    for (float number : numbers) {
      squares += (double) number * number;
    }
    return squares;
  }
}
