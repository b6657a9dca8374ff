package org.deconvnet.sums;

/** A sum over images met a term, or came to a total, that its fixed-point numbers cannot hold. */
public final class SumOverflowException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  private SumOverflowException(String message) {
    super(message);
  }

  static SumOverflowException term(double value, String limit) {
    return new SumOverflowException(
        "sum over images: expected a finite term below %s in size, got %s; scale the images down"
            .formatted(limit, value));
  }

  static SumOverflowException total(int at, double limit) {
    return new SumOverflowException(
        "sum over images: number %d: expected a total below %.0f in size, got more; use smaller batches, or scale the images down"
            .formatted(at, limit));
  }
}
