package org.deconvnet.solve.reference;

import org.deconvnet.solve.BetaSchedule;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * {@link org.deconvnet.solve.HalfQuadraticSplitting} as the paper says it (Zeiler et al., CVPR
 * 2010, section 2.2), in double precision throughout, every product formed anew: of one image y,
 * with filters F and the penalty κ Σ|z|^α. Not thread-safe.
 */
public final class DenseHqs {
  private static final int NEWTON_STEPS = 50;

  private final DenseSynthesis f;
  private final double lambda;
  private final double kappa;
  private final double alpha;
  private final double[] y;
  private final double[] z;
  private final double[] x;

  /**
   * @param y image, (C, H, W)
   * @param z code to start from, (K, H+s−1, W+s−1)
   */
  public DenseHqs(
      FilterBank filters, double lambda, double kappa, double alpha, FeatureMaps y, FeatureMaps z) {
    this.f = new DenseSynthesis(filters, y.shape());
    this.lambda = lambda;
    this.kappa = kappa;
    this.alpha = alpha;
    this.y = doubles(y.data());
    this.z = doubles(z.data());
    this.x = new double[this.z.length];
  }

  public static double[] doubles(float[] v) {
    double[] out = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = v[i];
    }
    return out;
  }

  /** The dense code. Shared. */
  public double[] z() {
    return z;
  }

  /** The sparse code. Shared. */
  public double[] x() {
    return x;
  }

  /** Goes once through the schedule, from the present z. */
  public void pass(BetaSchedule schedule) {
    for (double beta : schedule.betas()) {
      for (int i = 0; i < z.length; i++) {
        x[i] = prox(z[i], beta);
      }
      conjugateGradients(beta, schedule.cgSteps());
    }
  }

  /** The x that minimises κ|x|^α + β/2 (x − v)², by Newton's method. */
  private double prox(double v, double beta) {
    double c = kappa / beta;
    double t = Math.pow(2 * c * (1 - alpha), 1 / (2 - alpha));
    if (Math.abs(v) <= (alpha == 1 ? c : t + c * alpha * Math.pow(t, alpha - 1))) {
      return 0;
    }
    double u = Math.abs(v);
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double pull = c * alpha * Math.pow(u, alpha - 1);
      u -= (u + pull - Math.abs(v)) / (1 - (1 - alpha) * pull / u);
    }
    return Math.copySign(u, v);
  }

  /** On (λFᵀF + βI) z = λFᵀy + βx, from the present z. */
  private void conjugateGradients(double beta, int steps) {
    double[] r = hessian(z, beta);
    double[] b = f.adjoint(y);
    for (int i = 0; i < r.length; i++) {
      r[i] = lambda * b[i] + beta * x[i] - r[i];
    }
    double[] d = r.clone();
    for (int step = 0; step < steps; step++) {
      double[] ad = hessian(d, beta);
      double squared = dot(r, r);
      if (squared < 1e-12) {
        return;
      }
      double a = squared / dot(d, ad);
      for (int i = 0; i < r.length; i++) {
        z[i] += a * d[i];
        r[i] -= a * ad[i];
      }
      double gamma = dot(r, r) / squared;
      for (int i = 0; i < r.length; i++) {
        d[i] = r[i] + gamma * d[i];
      }
    }
  }

  /** (λFᵀF + βI) v. */
  private double[] hessian(double[] v, double beta) {
    double[] out = f.adjoint(f.apply(v));
    for (int i = 0; i < v.length; i++) {
      out[i] = lambda * out[i] + beta * v[i];
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** ‖F z − y‖² of any code. */
  public double squaredError(double[] code) {
    double[] e = f.apply(code);
    for (int i = 0; i < e.length; i++) {
      e[i] -= y[i];
    }
    return dot(e, e);
  }

  /** κ Σ|v|^α of any code. */
  public double sparsity(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += Math.pow(Math.abs(value), alpha);
    }
    return kappa * sum;
  }
}
