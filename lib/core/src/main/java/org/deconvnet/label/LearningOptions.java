package org.deconvnet.label;

import java.io.Serializable;
import org.deconvnet.network.gradient.update.AdamRule;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How a network that labels pixels is learned. Immutable and validated.
 *
 * @param epochs passes over the images
 * @param rate of Adam in the first round; it falls to zero as {@code (1 − t/T)^0.9}
 * @param weightDecay added to the gradient of filters, times them
 * @param balance exponent of the classes' weights, from 0, none, to 1, median over own frequency
 * @param groupImages images of a ghost group; all of them where there are fewer
 * @param batchGroups ghost groups of a round
 */
public record LearningOptions(
    int epochs, double rate, double weightDecay, double balance, int groupImages, int batchGroups)
    implements Serializable {
  public static final LearningOptions DEFAULTS = new LearningOptions(30, 0.003, 1e-4, 0.5, 4, 2);

  private static final double POWER = 0.9;

  public LearningOptions {
    Checks.atLeast("learning: epochs", 1, epochs);
    Checks.positive("learning: rate", rate);
    if (!(weightDecay >= 0 && weightDecay < 1)) {
      throw new UserErrorException(
          "learning: weightDecay: expected from 0 and below 1, got " + weightDecay);
    }
    if (!(balance >= 0 && balance <= 1)) {
      throw new UserErrorException("learning: balance: expected from 0 to 1, got " + balance);
    }
    Checks.between("learning: groupImages", 1, 1024, groupImages);
    Checks.between("learning: batchGroups", 1, 1024, batchGroups);
  }

  /** Adam with the usual memories: β₁ = 0.9, β₂ = 0.999. */
  public AdamRule rule() {
    return new AdamRule(rate, 0.9, 0.999, 1e-8, weightDecay);
  }

  /**
   * What the rate is multiplied by. Source of the power: Chen et al., Semantic image segmentation
   * with deep convolutional nets, atrous convolution, and fully connected CRFs, 2018.
   *
   * @param step rounds made before
   * @param steps rounds in all
   */
  public static double factor(long step, long steps) {
    return StrictMath.pow(1 - (double) step / steps, POWER);
  }
}
