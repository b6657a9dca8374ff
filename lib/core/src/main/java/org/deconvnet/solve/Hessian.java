package org.deconvnet.solve;

/**
 * A symmetric positive semi-definite H that is known only by what it makes of a vector, as the
 * second derivative of a sum over images is.
 */
@FunctionalInterface
public interface Hessian {
  /**
   * Hx, newly allocated.
   *
   * @param x not to be changed
   */
  double[] product(double[] x);

  /**
   * x·Hx. One number: where H is AᵀA over many images, ‖Ax‖² spares the half of the work that is Aᵀ
   * and a vector from each of them.
   *
   * @param x not to be changed
   */
  default double curvature(double[] x) {
    double[] product = product(x);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * product[i];
    }
    return sum;
  }
}
