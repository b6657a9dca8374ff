package org.deconvnet.network.gradient.update;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Adam: {@code m ← β₁ m + (1 − β₁) g}, {@code v ← β₂ v + (1 − β₂) g²}, {@code w ← w − η m̂/(√v̂ +
 * ε)} with {@code m̂ = m/(1 − β₁ᵗ)}, {@code v̂ = v/(1 − β₂ᵗ)} in step t. Source: Kingma and Ba,
 * Adam: a method for stochastic optimization, ICLR 2015, algorithm 1.
 *
 * @param rate η, above 0
 * @param beta1 β₁, from 0 and below 1
 * @param beta2 β₂, from 0 and below 1
 * @param epsilon ε, above 0
 * @param weightDecay λ, from 0; added to the gradient of filters
 */
public record AdamRule(double rate, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {
  public AdamRule {
    Checks.positive("Adam: rate", rate);
    requireShare("Adam: beta1", beta1);
    requireShare("Adam: beta2", beta2);
    Checks.positive("Adam: epsilon", epsilon);
    requireDecay(weightDecay);
  }

  /** Rate 2·10⁻⁴ and β₁ = 0.5, as Radford, Metz and Chintala have them (ICLR 2016). */
  public static AdamRule adversarial() {
    return new AdamRule(2e-4, 0.5, 0.999, 1e-8, 0);
  }

  static void requireShare(String what, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new UserErrorException(
          "%s: expected from 0 and below 1, got %s".formatted(what, share));
    }
  }

  static void requireDecay(double decay) {
    if (!(decay >= 0 && decay < Double.MAX_VALUE)) {
      throw new UserErrorException(
          "weight decay: expected a number from 0 up, got %s".formatted(decay));
    }
  }

  @Override
  public int memories() {
    return 2;
  }
}
