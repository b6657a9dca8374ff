package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deconvnet.dictionary.SymmetricEigensolver.Spectrum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreezeEigensolverTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 49})
  void vectorsAreOrthonormalAscendingAndGiveTheMatrixBack(int n) {
    double[] m = symmetric(n, new Random(n));
    Spectrum s = new BreezeEigensolver().decompose(m, n);
    assertThat(s.values()).isSorted();
    double[] back = new double[n * n];
    for (int k = 0; k < n; k++) {
      double[] v = s.vectors()[k];
      for (int i = 0; i < n * n; i++) {
        back[i] += s.values()[k] * v[i / n] * v[i % n];
      }
      for (int l = 0; l < n; l++) {
        double dot = 0;
        for (int i = 0; i < n; i++) {
          dot += v[i] * s.vectors()[l][i];
        }
        assertThat(dot).isCloseTo(k == l ? 1 : 0, within(1e-10));
      }
    }
    assertThat(back).containsExactly(m, within(1e-10));
  }

  private static double[] symmetric(int n, Random random) {
    double[] m = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        m[i * n + j] = random.nextGaussian();
        m[j * n + i] = m[i * n + j];
      }
    }
    return m;
  }
}
