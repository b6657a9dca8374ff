package org.deconvnet.spark.exec;

/**
 * Losses of two networks in turns, means over some rounds. Immutable.
 *
 * @param epoch where the rounds end, in epochs
 * @param real the discriminator's, of the corpus' images
 * @param generated the discriminator's, of generated ones
 * @param generator the generator's
 * @param rounds how many
 */
public record LossPoint(double epoch, double real, double generated, double generator, int rounds) {
  /** With one more round. */
  LossPoint plus(LossPoint one) {
    double all = rounds + 1.0;
    return new LossPoint(
        one.epoch,
        real + (one.real - real) / all,
        generated + (one.generated - generated) / all,
        generator + (one.generator - generator) / all,
        rounds + 1);
  }
}
