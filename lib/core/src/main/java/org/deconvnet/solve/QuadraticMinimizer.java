package org.deconvnet.solve;

import java.util.function.UnaryOperator;

/**
 * Minimises ½ x·Hx − b·x for a symmetric positive semi-definite H that is only known by products.
 * The plain way is {@link org.deconvnet.solve.reference.ConjugateGradient}.
 */
public interface QuadraticMinimizer {
  /**
   * The correction to a point whose negative gradient is known.
   *
   * @param hessian x ↦ Hx, the argument not to be changed
   * @param negativeGradient b − Hx at the starting point
   * @param steps conjugate-gradient steps at most; each costs one product
   * @return what to add to the starting point
   */
  double[] correction(UnaryOperator<double[]> hessian, double[] negativeGradient, int steps);
}
