package org.deconvnet.sums;

import org.deconvnet.tensor.Checks;

/**
 * A sum of vectors whose result does not depend on the order of the terms, so that partitions,
 * retries and executors cannot change a bit of it. Each term is divided by M, a power of two,
 * rounded to a multiple of 2⁻³² and added as a 64-bit integer: the error is at most N·M·2⁻³³ for N
 * terms, whatever their size and order. Terms must stay below 2³⁰ and totals below M·2³¹ in size. M
 * = 1 is enough for tens of large terms or many small ones; a sum over a batch takes the power of
 * two at or above its number of images, so that no batch is too large. Not thread-safe.
 */
public final class FixedPointSum implements Mergeable<FixedPointSum> {
  private static final long serialVersionUID = 1;
  private static final int FRACTION_BITS = 32;
  private static final double LARGEST_TERM = 0x1p30;
  private static final double LARGEST_TOTAL = 0x1p31;

  private final long[] sum;
  private final int divisorBits;
  private final double scale;

  /** M = 1. */
  public FixedPointSum(int length) {
    this(length, 1);
  }

  /**
   * @param images how many terms each number will get; not a limit, but totals may be too large for
   *     more
   */
  public FixedPointSum(int length, long images) {
    this.sum = new long[length];
    this.divisorBits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, images - 1));
    this.scale = Math.scalb(1.0, FRACTION_BITS - divisorBits);
  }

  /**
   * @throws SumOverflowException if a term or a total is too large or not finite
   */
  public void add(float[] term) {
    Checks.equal("sum: numbers", sum.length, term.length);
    add(0, term);
  }

  /**
   * Adds numbers from a place on.
   *
   * @throws SumOverflowException if a term or a total is too large or not finite
   */
  public void add(int from, float[] term) {
    for (int i = 0; i < term.length; i++) {
      addFixed(from + i, toFixed(term[i]));
    }
  }

  /**
   * Adds a single number.
   *
   * @throws SumOverflowException if the term or the total is too large or not finite
   */
  public void add(int at, double term) {
    addFixed(at, toFixed(term));
  }

  private void addFixed(int at, long term) {
    long before = sum[at];
    long after = before + term;
    // Both signs differ from the result's: what Math.addExact asks, without its nameless message.
    if (((before ^ after) & (term ^ after)) < 0) {
      throw SumOverflowException.total(at, Math.scalb(LARGEST_TOTAL, divisorBits));
    }
    sum[at] = after;
  }

  private long toFixed(double value) {
    if (!(Math.abs(value) < LARGEST_TERM)) {
      throw SumOverflowException.term(value, "2^30");
    }
    return Math.round(value * scale);
  }

  /**
   * @throws SumOverflowException if a total is too large
   */
  @Override
  public void merge(FixedPointSum other) {
    Checks.equal("sum: numbers", sum.length, other.sum.length);
    Checks.equal("sum: bits of the divisor", divisorBits, other.divisorBits);
    for (int i = 0; i < sum.length; i++) {
      addFixed(i, other.sum[i]);
    }
  }

  public double get(int at) {
    return sum[at] / scale;
  }

  public double[] toArray() {
    double[] values = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
