package org.deconvnet.dictionary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Cyclic Jacobi rotations, as in the textbook: the oracle of the library's solver. */
public final class JacobiEigensolver implements SymmetricEigensolver {
  private static final int SWEEPS = 60;

  @Override
  public Spectrum decompose(double[] matrix, int n) {
    double[] a = matrix.clone();
    double[] v = new double[n * n];
    for (int i = 0; i < n; i++) {
      v[i * n + i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, n, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> a[i * n + i]))
            .mapToInt(i -> i)
            .toArray();
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int row = 0; row < n; row++) {
        vectors[i][row] = v[row * n + order[i]];
      }
    }
    return new Spectrum(Arrays.stream(order).mapToDouble(i -> a[i * n + i]).toArray(), vectors);
  }

  private static void rotate(double[] a, double[] v, int n, int p, int q) {
    if (a[p * n + q] == 0) {
      return;
    }
    double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int i = 0; i < n; i++) {
      turn(a, i * n + p, i * n + q, c, s);
    }
    for (int i = 0; i < n; i++) {
      turn(a, p * n + i, q * n + i, c, s);
      turn(v, i * n + p, i * n + q, c, s);
    }
  }

  private static void turn(double[] x, int i, int j, double c, double s) {
    double left = c * x[i] - s * x[j];
    x[j] = s * x[i] + c * x[j];
    x[i] = left;
  }
}
