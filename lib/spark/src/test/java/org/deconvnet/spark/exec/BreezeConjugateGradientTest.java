package org.deconvnet.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deconvnet.solve.Hessian;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.solve.reference.ConjugateGradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreezeConjugateGradientTest {
  private static final int N = 12;

  @Test
  void takesTheSameStepsAsTheTextbook() {
    Random random = new Random(2);
    double[][] a = new double[N][N];
    double[] b = new double[N];
    for (int i = 0; i < N; i++) {
      b[i] = random.nextGaussian();
      for (int j = 0; j < N; j++) {
        a[i][j] = random.nextGaussian();
      }
    }
    // AᵀA + I is positive definite.
    Hessian hessian = x -> add(transposed(a, times(a, x)), x);
    for (int steps : new int[] {1, 2, 5, 100}) {
      double[] expected = new ConjugateGradient().correction(hessian, b, steps);
      double[] got = new BreezeConjugateGradient().correction(hessian, b, steps);
      for (int i = 0; i < N; i++) {
        assertThat(got[i]).as("%d steps", steps).isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theLastStepAsksForACurvatureOnly(int steps) {
    for (QuadraticMinimizer minimizer :
        List.of(new BreezeConjugateGradient(), new ConjugateGradient())) {
      List<String> asked = new ArrayList<>();
      minimizer.correction(counted(asked), new double[] {1, 2, 3}, steps);
      List<String> expected = new ArrayList<>(Collections.nCopies(steps - 1, "product"));
      expected.add("curvature");
      assertThat(asked).isEqualTo(expected);
    }
  }

  /** Diagonal, with three eigenvalues: three steps solve it. */
  private static Hessian counted(List<String> asked) {
    return new Hessian() {
      @Override
      public double[] product(double[] x) {
        asked.add("product");
        return new double[] {x[0], 2 * x[1], 5 * x[2]};
      }

      @Override
      public double curvature(double[] x) {
        asked.add("curvature");
        return x[0] * x[0] + 2 * x[1] * x[1] + 5 * x[2] * x[2];
      }
    };
  }

  @Test
  void zeroGradientMeansNoCorrection() {
    assertThat(new BreezeConjugateGradient().correction(x -> x, new double[3], 2))
        .containsExactly(0, 0, 0);
  }

  private static double[] times(double[][] a, double[] x) {
    double[] y = new double[N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        y[i] += a[i][j] * x[j];
      }
    }
    return y;
  }

  private static double[] transposed(double[][] a, double[] x) {
    double[] y = new double[N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        y[j] += a[i][j] * x[i];
      }
    }
    return y;
  }

  private static double[] add(double[] x, double[] y) {
    double[] sum = x.clone();
    for (int i = 0; i < N; i++) {
      sum[i] += y[i];
    }
    return sum;
  }
}
