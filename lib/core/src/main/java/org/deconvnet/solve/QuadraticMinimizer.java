package org.deconvnet.solve;

/**
 * Minimises ½ x·Hx − b·x for a symmetric positive semi-definite H that is only known by products.
 * The plain way is {@link org.deconvnet.solve.reference.ConjugateGradient}.
 */
public interface QuadraticMinimizer {
  /**
   * The correction to a point whose negative gradient is known.
   *
   * @param negativeGradient b − Hx at the starting point
   * @param steps conjugate-gradient steps at most, from 1; each costs one product, the last one a
   *     curvature only
   * @return what to add to the starting point
   */
  double[] correction(Hessian hessian, double[] negativeGradient, int steps);
}
