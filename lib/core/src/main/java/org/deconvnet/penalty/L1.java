package org.deconvnet.penalty;

import org.deconvnet.tensor.Checks;

/**
 * κ |z|₁. Its proximal operator is soft thresholding, {@code max(|v| − c, 0) · sign(v)} with c = κ
 * · step / weight.
 *
 * @param kappa κ > 0
 */
public record L1(double kappa) implements Penalty {
  public L1 {
    Checks.positive("kappa", kappa);
  }

  @Override
  public double value(float[] z) {
    double sum = 0;
    for (float v : z) {
      sum += Math.abs(v);
    }
    return kappa * sum;
  }

  @Override
  public Proximal proximal(double step, double weight) {
    Checks.positive("proximal operator: weight", weight);
    float threshold = (float) (kappa * step / weight);
    return (v, scale, out, from, to) -> soft(v, scale, threshold, out, from, to);
  }

  private static void soft(float[] v, float scale, float threshold, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      float scaled = scale * v[i];
      // The same function without branches, so the JIT vectorises.
      out[i] = Math.max(scaled - threshold, 0f) + Math.min(scaled + threshold, 0f);
    }
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }
}
