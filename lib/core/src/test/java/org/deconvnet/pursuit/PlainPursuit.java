package org.deconvnet.pursuit;

import java.util.ArrayList;
import java.util.List;

/** Orthogonal matching pursuit as its definition says it, in double precision: the oracle. */
final class PlainPursuit {
  private PlainPursuit() {}

  /**
   * @param atoms (atom, dimension), of unit norm
   * @return a weight an atom
   */
  static double[] code(double[][] atoms, double[] signal, int sparsity) {
    List<Integer> taken = new ArrayList<>();
    double[] weights = new double[0];
    double[] rest = signal.clone();
    while (taken.size() < sparsity) {
      taken.add(strongest(atoms, rest));
      weights = leastSquares(atoms, taken, signal);
      rest = signal.clone();
      for (int i = 0; i < taken.size(); i++) {
        for (int d = 0; d < rest.length; d++) {
          rest[d] -= weights[i] * atoms[taken.get(i)][d];
        }
      }
    }
    double[] all = new double[atoms.length];
    for (int i = 0; i < taken.size(); i++) {
      all[taken.get(i)] = weights[i];
    }
    return all;
  }

  private static int strongest(double[][] atoms, double[] rest) {
    int best = 0;
    for (int k = 1; k < atoms.length; k++) {
      if (Math.abs(dot(atoms[k], rest)) > Math.abs(dot(atoms[best], rest))) {
        best = k;
      }
    }
    return best;
  }

  /** The normal equations, by Gaussian elimination: they are positive definite. */
  private static double[] leastSquares(double[][] atoms, List<Integer> taken, double[] signal) {
    int n = taken.size();
    double[][] system = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        system[i][j] = dot(atoms[taken.get(i)], atoms[taken.get(j)]);
      }
      system[i][n] = dot(atoms[taken.get(i)], signal);
    }
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < n; r++) {
        double factor = r == i ? 0 : system[r][i] / system[i][i];
        for (int c = i; c <= n; c++) {
          system[r][c] -= factor * system[i][c];
        }
      }
    }
    double[] solution = new double[n];
    for (int i = 0; i < n; i++) {
      solution[i] = system[i][n] / system[i][i];
    }
    return solution;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }
}
