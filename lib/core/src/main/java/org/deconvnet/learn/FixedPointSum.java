package org.deconvnet.learn;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * A sum of vectors whose result does not depend on the order of the terms, so that partitions,
 * retries and executors cannot change a bit of it. Each term is rounded to a multiple of 2⁻³² and
 * added as a 64-bit integer: the error is at most N·2⁻³³ for N terms, and sums up to 2³¹ in size
 * fit. Not thread-safe.
 */
public final class FixedPointSum implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double SCALE = 0x1p32;

  private final long[] sum;

  public FixedPointSum(int length) {
    this.sum = new long[length];
  }

  public void add(float[] term) {
    Checks.equal("sum: numbers", sum.length, term.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], toFixed(term[i]));
    }
  }

  /** Adds numbers from a place on. */
  public void add(int from, float[] term) {
    for (int i = 0; i < term.length; i++) {
      sum[from + i] = Math.addExact(sum[from + i], toFixed(term[i]));
    }
  }

  /** Adds a single number. */
  public void add(int at, double term) {
    sum[at] = Math.addExact(sum[at], toFixed(term));
  }

  private static long toFixed(double value) {
    if (!(Math.abs(value) < 0x1p30)) {
      throw new ArithmeticException(
          "sum over images: expected a finite term below 2^30 in size, got "
              + value
              + "; scale the images down or use smaller batches");
    }
    return Math.round(value * SCALE);
  }

  public void merge(FixedPointSum other) {
    Checks.equal("sum: numbers", sum.length, other.sum.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], other.sum[i]);
    }
  }

  public double get(int at) {
    return sum[at] / SCALE;
  }

  public double[] toArray() {
    double[] values = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
