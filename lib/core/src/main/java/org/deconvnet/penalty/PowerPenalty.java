package org.deconvnet.penalty;

import org.deconvnet.tensor.Checks;

/**
 * The sparsity term κ Σ|v|^α of the deconvolutional network (Zeiler et al., CVPR 2010, equation 2)
 * for 0 < α ≤ 1; its proximal operator is {@link PowerShrinkage}. A power costs a table look-up in
 * place of a logarithm and an exponential; relative error below 1e-8. Immutable and thread-safe.
 */
public final class PowerPenalty {
  private static final int LEAST_EXPONENT = -149;

  private final double kappa;

  /** m^α for 1 ≤ m < 2. */
  private final CubicTable mantissas;

  /** 2^{αe} for every exponent e that single precision has. */
  private final double[] scales = new double[Float.MAX_EXPONENT - LEAST_EXPONENT + 1];

  /**
   * @param kappa κ > 0
   * @param alpha α in (0, 1]
   */
  public PowerPenalty(double kappa, double alpha) {
    Checks.positive("kappa", kappa);
    PowerShrinkage.requireExponent(alpha);
    this.kappa = kappa;
    this.mantissas =
        new CubicTable(1, 1, m -> Math.pow(m, alpha), m -> alpha * Math.pow(m, alpha - 1));
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Math.pow(2, alpha * (i + LEAST_EXPONENT));
    }
  }

  /** κ Σ|v|^α, summed in double precision. NaN if a number is NaN. */
  public double of(float[] v) {
    double sum = 0;
    for (float value : v) {
      if (value != 0) {
        sum += power(value);
      }
    }
    return kappa * sum;
  }

  private double power(float value) {
    if (!Float.isFinite(value)) {
      return Math.abs(value);
    }
    // Doubles have no denormal numbers where single precision has them.
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) ((bits >>> 52) & 0x7ff) - Double.MAX_EXPONENT;
    double mantissa =
        Double.longBitsToDouble((bits & 0xfffffffffffffL) | Double.doubleToRawLongBits(1));
    return scales[exponent - LEAST_EXPONENT] * mantissas.at(mantissa);
  }
}
