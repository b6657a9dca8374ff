package org.deconvnet.solve;

/**
 * How far ahead of a code a step starts: β = (θ−1)/θ⁺ of its last move, with θ⁺ = (1 + √(1 +
 * 4θ²))/2 from θ = 1 (Beck and Teboulle, SIAM J. Imaging Sciences 2009, section 4). Not
 * thread-safe.
 */
final class Momentum {
  private double theta = 1;

  /** No move has been made. */
  void start() {
    theta = 1;
  }

  /** β of the next step, which moves θ on. */
  float next() {
    double following = (1 + Math.sqrt(1 + 4 * theta * theta)) / 2;
    double beta = (theta - 1) / following;
    theta = following;
    return (float) beta;
  }
}
