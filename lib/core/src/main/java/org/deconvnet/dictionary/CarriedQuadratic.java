package org.deconvnet.dictionary;

/**
 * What statistics of codes say of filters, as it is carried over batches and kept in checkpoints: a
 * row of numbers, whose meaning is the family's. Not thread-safe.
 */
public interface CarriedQuadratic {
  /** All numbers. Newly allocated. */
  double[] numbers();

  /** Takes what {@link #numbers} of the same filters' shape gave. */
  void setNumbers(double[] numbers);
}
