package org.deconvnet.classify;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;

/**
 * A weighted sum of kernels, each brought to mean diagonal 1 on the training vectors first: {@code
 * K = Σ_v w_v K_v / mean_i K_v(x_i, x_i)}. Layers and codings are combined this way (Zeiler et al.,
 * ICCV 2011, section 4). Thread-safe.
 */
public final class KernelSum {
  private final double[] factors;

  /**
   * @param weights w_v, one a kernel, positive
   * @param meanDiagonals of each kernel's training matrix, positive
   */
  public KernelSum(double[] weights, double[] meanDiagonals) {
    Checks.atLeast("kernel sum: kernels", 1, weights.length);
    Checks.equal("kernel sum: mean diagonals", weights.length, meanDiagonals.length);
    factors = new double[weights.length];
    for (int v = 0; v < factors.length; v++) {
      Checks.positive("kernel sum: weight", weights[v]);
      Checks.positive("kernel sum: mean diagonal", meanDiagonals[v]);
      factors[v] = weights[v] / meanDiagonals[v];
    }
  }

  /** The sum that brings every one of these training matrices, (training, training), in. */
  public static KernelSum of(double[] weights, float[][][] grams) {
    return new KernelSum(
        weights, Arrays.stream(grams).mapToDouble(KernelSum::meanDiagonal).toArray());
  }

  private static double meanDiagonal(float[][] gram) {
    double trace = 0;
    for (int i = 0; i < gram.length; i++) {
      trace += gram[i][i];
    }
    return trace / gram.length;
  }

  /** What each kernel is multiplied by. */
  public double[] factors() {
    return factors.clone();
  }

  /**
   * The sum of one row of every kernel, newly allocated.
   *
   * @param rows (kernel, training)
   */
  public float[] row(float[]... rows) {
    Checks.equal("kernel sum: rows", factors.length, rows.length);
    float[] sum = new float[rows[0].length];
    for (int i = 0; i < sum.length; i++) {
      double value = 0;
      for (int v = 0; v < factors.length; v++) {
        value += factors[v] * rows[v][i];
      }
      sum[i] = (float) value;
    }
    return sum;
  }

  /**
   * The sum of whole matrices, newly allocated.
   *
   * @param matrices (kernel, row, training)
   */
  public float[][] rows(float[][][] matrices) {
    float[][] sum = new float[matrices[0].length][];
    float[][] rows = new float[factors.length][];
    for (int i = 0; i < sum.length; i++) {
      for (int v = 0; v < rows.length; v++) {
        rows[v] = matrices[v][i];
      }
      sum[i] = row(rows);
    }
    return sum;
  }
}
