package org.deconvnet.dictionary;

import org.deconvnet.dictionary.SymmetricEigensolver.Spectrum;

/**
 * The exact minimiser of ½ xᵀMx − cᵀx over ‖x‖ = 1, for a symmetric M that is already decomposed.
 * It is x = (M + μI)⁻¹ c with the one μ ≥ −λ_min for which ‖x‖ = 1 (Moré and Sorensen 1983, sphere
 * in place of ball): a root of a monotone function, found by Newton steps inside a bracket. Where c
 * has no part along the lowest eigenvector and the bracket holds no root, that eigenvector fills up
 * the norm. Immutable and thread-safe.
 */
final class UnitSphereQuadratic {
  private static final int STEPS = 100;
  private static final double TOLERANCE = 1e-13;

  private final Spectrum spectrum;

  UnitSphereQuadratic(Spectrum spectrum) {
    this.spectrum = spectrum;
  }

  /**
   * @param previous decides between equally good answers, unit norm
   * @return newly allocated; {@code previous} itself where M and c are zero
   */
  double[] minimize(double[] c, double[] previous) {
    double[] values = spectrum.values();
    int n = values.length;
    double[] along = new double[n];
    double squared = 0;
    for (int i = 0; i < n; i++) {
      along[i] = dot(spectrum.vectors()[i], c);
      squared += along[i] * along[i];
    }
    double spread = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]));
    if (squared == 0 && spread == 0) {
      return previous;
    }
    double scale = Math.max(spread, Math.sqrt(squared));
    double pole = -values[0];
    double low = pole + scale * 1e-14;
    if (squaredNorm(along, low) <= 1) {
      return fillUp(along, low, previous);
    }
    double mu = root(along, low, pole + Math.sqrt(squared));
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      addScaled(x, along[i] / (values[i] + mu), spectrum.vectors()[i]);
    }
    return normalized(x);
  }

  /** ‖(M + μI)⁻¹ c‖². */
  private double squaredNorm(double[] along, double mu) {
    double sum = 0;
    for (int i = 0; i < along.length; i++) {
      double x = along[i] / (spectrum.values()[i] + mu);
      sum += x * x;
    }
    return sum;
  }

  /**
   * Newton on 1/‖x(μ)‖ − 1, which is nearly linear; a step out of the bracket halves it instead.
   */
  private double root(double[] along, double below, double above) {
    double low = below;
    double high = above;
    double mu = above;
    for (int t = 0; t < STEPS; t++) {
      double norm = Math.sqrt(squaredNorm(along, mu));
      if (Math.abs(norm - 1) < TOLERANCE) {
        return mu;
      }
      low = norm > 1 ? mu : low;
      high = norm > 1 ? high : mu;
      double next = mu + (norm - 1) * norm * norm / slope(along, mu);
      mu = next > low && next < high ? next : (low + high) / 2;
    }
    return mu;
  }

  /** −½ d/dμ ‖x(μ)‖². */
  private double slope(double[] along, double mu) {
    double sum = 0;
    for (int i = 0; i < along.length; i++) {
      double d = spectrum.values()[i] + mu;
      sum += along[i] * along[i] / (d * d * d);
    }
    return sum;
  }

  /** The hard case: all but the lowest eigenvector at the pole, and that one to the full norm. */
  private double[] fillUp(double[] along, double mu, double[] previous) {
    double[] x = new double[along.length];
    double used = 0;
    for (int i = 1; i < along.length; i++) {
      double share = along[i] / (spectrum.values()[i] + mu);
      used += share * share;
      addScaled(x, share, spectrum.vectors()[i]);
    }
    double[] lowest = spectrum.vectors()[0];
    double sign = dot(lowest, previous) < 0 ? -1 : 1;
    addScaled(x, sign * Math.sqrt(Math.max(0, 1 - used)), lowest);
    return normalized(x);
  }

  private static double[] normalized(double[] x) {
    double norm = Math.sqrt(dot(x, x));
    for (int i = 0; i < x.length; i++) {
      x[i] /= norm;
    }
    return x;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addScaled(double[] x, double factor, double[] v) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * v[i];
    }
  }
}
