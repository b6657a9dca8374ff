package org.deconvnet.spark.store;

/**
 * A layer of the adaptive network whose every code is zero, as a person is told of it.
 *
 * @param number from 1
 * @param lambda its weight of the data term
 */
public record EmptyLayer(int number, double lambda) {
  /** What happened, why, and which key of the configuration mends it. */
  public String warning() {
    return ("layer %d: every code is zero; its λ is too small (λ weighs the data term); raise"
            + " network.layers.%d.lambda, now %s")
        .formatted(number, number - 1, lambda);
  }
}
