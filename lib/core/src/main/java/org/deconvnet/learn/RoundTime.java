package org.deconvnet.learn;

/**
 * Where a round's time went. A round is one batch; what follows an epoch is not in it.
 *
 * @param layer from 1
 * @param coding seconds in which the images were coded and first summed over
 * @param filters seconds of further sums over the codes, which move the filters
 * @param between all other seconds: what the learner does by itself while the images wait
 */
public record RoundTime(int layer, double coding, double filters, double between) {
  /** Two rounds of a layer together. */
  public RoundTime plus(RoundTime other) {
    return new RoundTime(
        layer, coding + other.coding, filters + other.filters, between + other.between);
  }
}
