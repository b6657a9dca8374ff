package org.deconvnet.solve.reference;

import org.deconvnet.solve.Hessian;
import org.deconvnet.solve.QuadraticMinimizer;

/**
 * Conjugate gradients as in the textbook (Hestenes and Stiefel 1952): the oracle of the library
 * solver that a cluster's driver uses. Stateless and thread-safe.
 */
public final class ConjugateGradient implements QuadraticMinimizer {
  @Override
  public double[] correction(Hessian hessian, double[] negativeGradient, int steps) {
    double[] x = new double[negativeGradient.length];
    double[] r = negativeGradient.clone();
    double[] d = r.clone();
    double squared = dot(r, r);
    for (int left = steps; left > 0 && squared > 0; left--) {
      double[] hd = left > 1 ? hessian.product(d) : null;
      double curvature = hd == null ? hessian.curvature(d) : dot(d, hd);
      if (!(curvature > 0)) {
        return x;
      }
      addScaled(x, squared / curvature, d);
      if (hd == null) {
        return x;
      }
      addScaled(r, -squared / curvature, hd);
      double next = dot(r, r);
      for (int i = 0; i < d.length; i++) {
        d[i] = r[i] + next / squared * d[i];
      }
      squared = next;
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

  private static void addScaled(double[] x, double factor, double[] d) {
    for (int i = 0; i < x.length; i++) {
      x[i] += factor * d[i];
    }
  }
}
