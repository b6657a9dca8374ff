package org.deconvnet.network.gradient;

import org.deconvnet.tensor.Checks;

/**
 * Binary cross-entropy on logits: for a logit s and a target t, {@code −t log σ(s) − (1 − t) log(1
 * − σ(s)) = max(s, 0) − s t + log(1 + e^−|s|)}, whose derivative is σ(s) − t. A generator that
 * maximises log D(G(z)) has target 1. Source: Radford, Metz and Chintala, ICLR 2016; Goodfellow et
 * al., Generative adversarial nets, NIPS 2014. Thread-safe.
 */
public final class LogisticLoss {
  private LogisticLoss() {}

  /**
   * The sum over all logits, and its gradient.
   *
   * @param target of every logit, 0 to 1
   * @param divisor of loss and gradient: the number of logits for their mean
   * @param gradient receives it, of the logits' shape
   */
  public static double loss(GroupMaps logits, double target, double divisor, GroupMaps gradient) {
    Checks.sameShape("logistic loss: gradient", logits.image(), gradient.image());
    Checks.positive("logistic loss: divisor", divisor);
    float[] s = logits.data();
    double sum = 0;
    for (int i = 0; i < s.length; i++) {
      double small = StrictMath.exp(-Math.abs(s[i]));
      double share = s[i] >= 0 ? 1 / (1 + small) : small / (1 + small);
      sum += Math.max(s[i], 0) - s[i] * target + StrictMath.log1p(small);
      gradient.data()[i] = (float) ((share - target) / divisor);
    }
    return sum / divisor;
  }
}
