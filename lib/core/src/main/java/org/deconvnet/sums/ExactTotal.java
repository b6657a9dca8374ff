package org.deconvnet.sums;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@link FixedPointSum} of single numbers over any number of images: multiples of 2⁻³² in 128 bits,
 * terms below 2⁶² in size, room for 2³² of them. Twice the work of 64 bits, so it is for the few
 * numbers of an objective and not for filters. Not thread-safe.
 */
public final class ExactTotal implements Mergeable<ExactTotal> {
  private static final long serialVersionUID = 1;
  private static final double LARGEST_TERM = 0x1p62;

  /** Above, a scaled term does not fit 64 bits. */
  private static final double LONG = 0x1p62;

  private static final double ONE = 0x1p32;
  private static final BigDecimal SCALE = new BigDecimal(BigInteger.ONE.shiftLeft(32));

  private long high;
  private long low;

  /**
   * @throws SumOverflowException if the term is too large or not finite
   */
  public void add(double term) {
    if (!(Math.abs(term) < LARGEST_TERM)) {
      throw SumOverflowException.term(term, "2^62");
    }
    double scaled = term * ONE;
    if (Math.abs(scaled) < LONG) {
      long fixed = Math.round(scaled);
      add(fixed >> 63, fixed);
    } else {
      BigInteger fixed = new BigDecimal(scaled).toBigInteger();
      add(fixed.shiftRight(64).longValueExact(), fixed.longValue());
    }
  }

  @Override
  public void merge(ExactTotal other) {
    add(other.high, other.low);
  }

  private void add(long addedHigh, long addedLow) {
    long sum = low + addedLow;
    high += addedHigh + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  /** The nearest double. */
  public double get() {
    if (high == low >> 63) {
      return low / ONE;
    }
    return new BigDecimal(fixed()).divide(SCALE).doubleValue();
  }

  /** In multiples of 2⁻³². */
  public BigInteger fixed() {
    BigInteger lower = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(64).add(lower);
  }

  /**
   * @throws ArithmeticException if it does not fit 128 bits
   */
  public static ExactTotal ofFixed(BigInteger fixed) {
    ExactTotal total = new ExactTotal();
    total.high = fixed.shiftRight(64).longValueExact();
    total.low = fixed.longValue();
    return total;
  }
}
