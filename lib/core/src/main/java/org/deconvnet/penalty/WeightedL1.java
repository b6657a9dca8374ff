package org.deconvnet.penalty;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * Σ_k κ_k |z_k|₁, with a weight a map, and infinite for negative numbers where codes may not be
 * negative. A map of weight 0 is free. Its proximal operator is {@code v − clamp(v, −c_k, c_k)},
 * c_k = κ_k · step / weight; without negative numbers, {@code v − min(v, c_k)}.
 */
public final class WeightedL1 implements Penalty {
  private static final long serialVersionUID = 1;

  private final double[] kappas;
  private final boolean nonNegative;

  /**
   * @param kappas κ_k ≥ 0, one a map
   */
  public WeightedL1(double[] kappas, boolean nonNegative) {
    for (double kappa : kappas) {
      if (!(kappa >= 0) || Double.isInfinite(kappa)) {
        throw new UserErrorException(
            "weights of maps: expected finite numbers >= 0, got " + Arrays.toString(kappas));
      }
    }
    this.kappas = kappas.clone();
    this.nonNegative = nonNegative;
  }

  /** The same weight for each map. */
  public static WeightedL1 alike(int maps, double kappa) {
    double[] kappas = new double[maps];
    Arrays.fill(kappas, kappa);
    return new WeightedL1(kappas, false);
  }

  /** The same with each weight multiplied. */
  public WeightedL1 times(double factor) {
    return new WeightedL1(Arrays.stream(kappas).map(k -> factor * k).toArray(), nonNegative);
  }

  public int maps() {
    return kappas.length;
  }

  /** κ of a map, counted from 0. */
  public double kappa(int map) {
    return kappas[map];
  }

  public boolean nonNegative() {
    return nonNegative;
  }

  /** The largest weight. */
  public double largest() {
    return Arrays.stream(kappas).max().orElse(0);
  }

  @Override
  public double value(float[] z) {
    int plane = plane(z);
    double sum = 0;
    for (int k = 0; k < kappas.length; k++) {
      double sizes = 0;
      for (int i = k * plane; i < (k + 1) * plane; i++) {
        if (nonNegative && z[i] < 0) {
          return Double.POSITIVE_INFINITY;
        }
        sizes += Math.abs(z[i]);
      }
      sum += kappas[k] * sizes;
    }
    return sum;
  }

  @Override
  public Proximal proximal(double step, double weight) {
    Checks.positive("proximal operator: weight", weight);
    float[] high = new float[kappas.length];
    for (int k = 0; k < high.length; k++) {
      high[k] = (float) (kappas[k] * step / weight);
    }
    return (v, scale, out, from, to) -> {
      int plane = plane(v);
      for (int i = from; i < to; i++) {
        float c = high[i / plane];
        float scaled = scale * v[i];
        float below = nonNegative ? 0 : Math.min(scaled + c, 0f);
        out[i] = Math.max(scaled - c, 0f) + below;
      }
    };
  }

  private int plane(float[] z) {
    Checks.equal("code: numbers beyond whole maps", 0, z.length % kappas.length);
    return z.length / kappas.length;
  }
}
