package org.deconvnet.penalty;

import java.io.Serial;
import org.deconvnet.tensor.Checks;

/**
 * κ Σ|z|^α, the sparsity term of the deconvolutional network (Zeiler et al., CVPR 2010, equation 2)
 * for 0 &lt; α ≤ 1; its proximal operator is {@link PowerShrinkage}. A power costs a table look-up
 * in place of a logarithm and an exponential; relative error below 1e-8. Immutable and thread-safe.
 */
public final class Power implements Penalty {
  private static final long serialVersionUID = 1;
  private static final int LEAST_EXPONENT = -149;

  private final double kappa;
  private final double alpha;
  private final transient PowerShrinkage shrinkage;

  /** m^α for 1 ≤ m < 2. */
  private final transient CubicTable mantissas;

  /** 2^{αe} for every exponent e that single precision has. */
  private final transient double[] scales;

  /**
   * @param kappa κ > 0
   * @param alpha α in (0, 1]; at 1 the numbers are those of {@link L1}, up to rounding
   */
  public Power(double kappa, double alpha) {
    Checks.positive("kappa", kappa);
    this.kappa = kappa;
    this.alpha = alpha;
    this.shrinkage = new PowerShrinkage(alpha);
    this.mantissas =
        new CubicTable(1, 1, m -> Math.pow(m, alpha), m -> alpha * Math.pow(m, alpha - 1));
    this.scales = new double[Float.MAX_EXPONENT - LEAST_EXPONENT + 1];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Math.pow(2, alpha * (i + LEAST_EXPONENT));
    }
  }

  /** Tables are made anew. */
  @Serial
  private Object readResolve() {
    return new Power(kappa, alpha);
  }

  @Override
  public double value(float[] z) {
    double sum = 0;
    for (float v : z) {
      if (v != 0) {
        sum += power(v);
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

  @Override
  public Proximal proximal(double step, double weight) {
    Checks.positive("proximal operator: weight", weight);
    return shrinkage.at(kappa * step / weight);
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }
}
