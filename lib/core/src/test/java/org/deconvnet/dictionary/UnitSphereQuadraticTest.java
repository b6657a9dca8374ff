package org.deconvnet.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitSphereQuadraticTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 49})
  void noPointOfTheSphereIsBetter(int n) {
    Random random = new Random(n);
    double[] m = gram(n, Math.max(1, n - 1), random);
    double[] c = random.doubles(n, -3, 3).toArray();
    double[] x = minimize(m, c, unit(n, random));
    assertThat(dot(x, x)).isCloseTo(1, within(1e-12));
    double best = value(m, c, x);
    for (int trial = 0; trial < 2000; trial++) {
      double[] other = unit(n, random);
      assertThat(value(m, c, other)).isGreaterThanOrEqualTo(best - 1e-10);
      // Close by, too: half of the way back to x.
      assertThat(value(m, c, between(x, other))).isGreaterThanOrEqualTo(best - 1e-10);
    }
  }

  @Test
  void withoutALinearPartTheLowestEigenvectorOnThePreviousSideWins() {
    double[] m = {3, 0, 0, 0, 1, 0, 0, 0, 2};
    assertThat(minimize(m, new double[3], new double[] {0.6, -0.8, 0}))
        .containsExactly(new double[] {0, -1, 0}, within(1e-7));
  }

  @Test
  void theHardCaseFillsUpWithTheLowestEigenvector() {
    // c lies along the second axis only and is too short to reach the sphere: x₂ = ½ / (3 − 1).
    double[] x = minimize(new double[] {1, 0, 0, 3}, new double[] {0, 0.5}, new double[] {1, 0});
    assertThat(x).containsExactly(new double[] {Math.sqrt(1 - 1.0 / 16), 0.25}, within(1e-6));
  }

  @Test
  void whereNothingIsKnownThePreviousPointStays() {
    double[] previous = {0.6, 0.8};
    assertThat(minimize(new double[4], new double[2], previous)).isSameAs(previous);
  }

  private static double[] minimize(double[] m, double[] c, double[] previous) {
    return new UnitSphereQuadratic(new JacobiEigensolver().decompose(m, c.length))
        .minimize(c, previous);
  }

  private static double value(double[] m, double[] c, double[] x) {
    double sum = -dot(c, x);
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        sum += x[i] * m[i * x.length + j] * x[j] / 2;
      }
    }
    return sum;
  }

  private static double[] gram(int n, int rank, Random random) {
    double[] m = new double[n * n];
    for (int r = 0; r < rank; r++) {
      double[] v = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n * n; i++) {
        m[i] += v[i / n] * v[i % n];
      }
    }
    return m;
  }

  private static double[] unit(int n, Random random) {
    double[] x = random.doubles(n, -1, 1).toArray();
    double norm = Math.sqrt(dot(x, x));
    return java.util.Arrays.stream(x).map(v -> v / norm).toArray();
  }

  private static double[] between(double[] a, double[] b) {
    double[] x = new double[a.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = a[i] + 0.05 * b[i];
    }
    double norm = Math.sqrt(dot(x, x));
    return java.util.Arrays.stream(x).map(v -> v / norm).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
