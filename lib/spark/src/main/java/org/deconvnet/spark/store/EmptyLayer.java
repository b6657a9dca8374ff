package org.deconvnet.spark.store;

/**
 * A layer whose every code is zero, as a person is told of it.
 *
 * @param number from 1
 * @param remedy which key of the configuration to change, and how
 */
public record EmptyLayer(int number, String remedy) {
  /** What happened, why, and which key of the configuration mends it. */
  public String warning() {
    return "layer %d: every code is zero: %s".formatted(number, remedy);
  }
}
