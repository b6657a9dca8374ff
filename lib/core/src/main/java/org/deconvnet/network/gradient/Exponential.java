package org.deconvnet.network.gradient;

/**
 * e to the power of numbers up to zero, as softmax needs it at every pixel for every class. {@link
 * StrictMath} takes a quarter of a training step there, and {@link Math} may give other bits on
 * other machines. Here x = k log 2 + r with |r| ≤ log 2 / 2, and e^r is its Taylor polynomial of
 * degree 11, whose remainder is below 1e-14 of it.
 */
final class Exponential {
  /** Below it a result would be no normal number; it is 0 there. */
  private static final double LEAST = -708;

  private static final double PER_LOG_2 = 1.4426950408889634;

  /** log 2 in two parts: the first has so few digits that k times it is exact. */
  private static final double LOG_2_HIGH = 0.6931471803691238;

  private static final double LOG_2_LOW = 1.9082149292705877e-10;
  private static final int BIAS = 1023;
  private static final int MANTISSA = 52;

  private Exponential() {}

  /**
   * @param x at most 0
   */
  static double of(double x) {
    if (x < LEAST) {
      return 0;
    }
    double k = Math.rint(x * PER_LOG_2);
    double r = (x - k * LOG_2_HIGH) - k * LOG_2_LOW;
    return polynomial(r) * Double.longBitsToDouble(((long) k + BIAS) << MANTISSA);
  }

  private static double polynomial(double r) {
    double p = 1 / 39_916_800.0;
    p = p * r + 1 / 3_628_800.0;
    p = p * r + 1 / 362_880.0;
    p = p * r + 1 / 40_320.0;
    p = p * r + 1 / 5_040.0;
    p = p * r + 1 / 720.0;
    p = p * r + 1 / 120.0;
    p = p * r + 1 / 24.0;
    p = p * r + 1 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1;
    return p * r + 1;
  }
}
