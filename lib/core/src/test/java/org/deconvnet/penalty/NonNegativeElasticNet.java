package org.deconvnet.penalty;

/**
 * {@code Σ κ z + μ/2 z²} for z ≥ 0: the penalty that tests add, in this one file, to see that
 * solvers take it as it is.
 *
 * @param kappa κ
 * @param mu μ
 */
public record NonNegativeElasticNet(double kappa, double mu) implements Penalty {
  @Override
  public double value(float[] z) {
    double sum = 0;
    for (float v : z) {
      sum += v < 0 ? Double.POSITIVE_INFINITY : kappa * v + mu / 2 * v * v;
    }
    return sum;
  }

  @Override
  public Proximal proximal(double step, double weight) {
    double c = step / weight;
    return (v, scale, out, from, to) -> {
      for (int i = from; i < to; i++) {
        out[i] = (float) Math.max(0, (scale * v[i] - c * kappa) / (1 + c * mu));
      }
    };
  }
}
