package org.deconvnet.network.deconvolutional;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Half-quadratic splitting as the paper says it, in double precision throughout, every product
 * formed anew: the oracle.
 */
final class DenseHqs {
  private final DeconvolutionalLayer layer;
  private final FilterBank f;
  private final Shape image;
  private final Shape maps;
  private final double[] y;
  double[] z;
  double[] x;

  DenseHqs(DeconvolutionalLayer layer, FeatureMaps y, FeatureMaps z) {
    this.layer = layer;
    this.f = layer.filters();
    this.image = y.shape();
    this.maps = z.shape();
    this.y = doubles(y.data());
    this.z = doubles(z.data());
    this.x = new double[maps.size()];
  }

  static double[] doubles(float[] v) {
    double[] out = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = v[i];
    }
    return out;
  }

  void infer(BetaSchedule schedule) {
    for (double beta : schedule.betas()) {
      for (int i = 0; i < z.length; i++) {
        x[i] = prox(z[i], beta);
      }
      conjugateGradients(beta, schedule.cgSteps());
    }
  }

  private double prox(double v, double beta) {
    double c = layer.kappa() / beta;
    double alpha = layer.alpha();
    double t = Math.pow(2 * c * (1 - alpha), 1 / (2 - alpha));
    if (Math.abs(v) <= (alpha == 1 ? c : t + c * alpha * Math.pow(t, alpha - 1))) {
      return 0;
    }
    double u = Math.abs(v);
    for (int step = 0; step < 50; step++) {
      double pull = c * alpha * Math.pow(u, alpha - 1);
      u -= (u + pull - Math.abs(v)) / (1 - (1 - alpha) * pull / u);
    }
    return Math.copySign(u, v);
  }

  private void conjugateGradients(double beta, int steps) {
    double[] r = operator(z, beta);
    double[] b = adjoint(y);
    for (int i = 0; i < r.length; i++) {
      r[i] = layer.lambda() * b[i] + beta * x[i] - r[i];
    }
    double[] d = r.clone();
    for (int step = 0; step < steps; step++) {
      double[] ad = operator(d, beta);
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

  private double[] operator(double[] v, double beta) {
    double[] out = adjoint(synthesize(v));
    for (int i = 0; i < v.length; i++) {
      out[i] = layer.lambda() * out[i] + beta * v[i];
    }
    return out;
  }

  private double[] synthesize(double[] v) {
    double[] out = new double[image.size()];
    connect((pixel, entry, weight) -> out[pixel] += weight * v[entry]);
    return out;
  }

  private double[] adjoint(double[] r) {
    double[] out = new double[maps.size()];
    connect((pixel, entry, weight) -> out[entry] += weight * r[pixel]);
    return out;
  }

  private interface Link {
    void join(int pixel, int entry, double weight);
  }

  /** Every pair of a pixel and an entry that a filter number joins. */
  private void connect(Link link) {
    int s = f.side();
    for (int tap = 0; tap < f.data().length; tap++) {
      int k = tap / (s * s) / f.channels();
      int c = tap / (s * s) % f.channels();
      int i = tap / s % s;
      int j = tap % s;
      for (int row = 0; f.connectivity().connects(k, c) && row < image.height(); row++) {
        for (int column = 0; column < image.width(); column++) {
          int entry = (k * maps.height() + row + s - 1 - i) * maps.width() + column + s - 1 - j;
          int pixel = (c * image.height() + row) * image.width() + column;
          link.join(pixel, entry, f.data()[tap]);
        }
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** ‖F z − y‖². */
  double squaredError(double[] code) {
    double[] e = synthesize(code);
    for (int i = 0; i < e.length; i++) {
      e[i] -= y[i];
    }
    return dot(e, e);
  }

  /** κ Σ|v|^α. */
  double sparsity(double[] v) {
    double sum = 0;
    for (double value : v) {
      sum += Math.pow(Math.abs(value), layer.alpha());
    }
    return layer.kappa() * sum;
  }

  /** λ/2 ‖F z − y‖² + β/2 ‖z − x‖² + κ Σ|x|^α. */
  double augmented(float[] dense, float[] sparse, double beta) {
    double apart = 0;
    for (int i = 0; i < dense.length; i++) {
      apart += Math.pow((double) dense[i] - sparse[i], 2);
    }
    return layer.lambda() / 2 * squaredError(doubles(dense))
        + beta / 2 * apart
        + sparsity(doubles(sparse));
  }
}
