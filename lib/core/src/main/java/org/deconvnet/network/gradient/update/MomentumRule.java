package org.deconvnet.network.gradient.update;

import org.deconvnet.tensor.Checks;

/**
 * Gradient descent with momentum: {@code v ← μ v + g}, {@code w ← w − η v}. Source: Polyak, Some
 * methods of speeding up the convergence of iteration methods, 1964, in PyTorch's form.
 *
 * @param rate η, above 0
 * @param momentum μ, from 0 and below 1
 * @param weightDecay λ, from 0; added to the gradient of filters
 */
public record MomentumRule(double rate, double momentum, double weightDecay) implements UpdateRule {
  public MomentumRule {
    Checks.positive("descent: rate", rate);
    AdamRule.requireShare("descent: momentum", momentum);
    AdamRule.requireDecay(weightDecay);
  }

  @Override
  public int memories() {
    return 1;
  }
}
