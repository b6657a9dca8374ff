package org.deconvnet.penalty;

/**
 * The proximal operator of β|·|₁: {@code soft(v, β) = max(|v| − β, 0) · sign(v)}, elementwise.
 * Stateless and thread-safe.
 */
public final class SoftThreshold {
  private SoftThreshold() {}

  public static float soft(float value, float threshold) {
    return Math.signum(value) * Math.max(Math.abs(value) - threshold, 0f);
  }

  /**
   * One proximal gradient step in place: {@code z ← soft(z − step · gradient, threshold)}.
   *
   * @param z numbers, overwritten
   * @param gradient as many numbers
   */
  public static void gradientStep(float[] z, float[] gradient, float step, float threshold) {
    for (int i = 0; i < z.length; i++) {
      float v = z[i] - step * gradient[i];
      // max(v − t, 0) + min(v + t, 0) is the same function without branches, so the JIT vectorises.
      z[i] = Math.max(v - threshold, 0f) + Math.min(v + threshold, 0f);
    }
  }

  /**
   * {@code out ← soft(scale · v, threshold)}.
   *
   * @param out as many numbers as v; may be v
   */
  public static void shrink(float[] v, float scale, float threshold, float[] out) {
    for (int i = 0; i < out.length; i++) {
      float scaled = scale * v[i];
      out[i] = Math.max(scaled - threshold, 0f) + Math.min(scaled + threshold, 0f);
    }
  }
}
