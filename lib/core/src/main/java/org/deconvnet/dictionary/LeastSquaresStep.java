package org.deconvnet.dictionary;

import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/**
 * Least squares: conjugate gradients on the quadratic that the statistics describe, channel by
 * channel and without the images, then unit planes, as in the paper (Zeiler et al., CVPR 2010,
 * section 2.3). For each channel it minimises, over f,
 *
 * <pre>f_cᵀ A_S f_c − 2 b_cᵀ f_c + ε ‖f_c − f_c⁰‖²</pre>
 *
 * f⁰ being the filters at the start: what the codes say nothing about stays as it was, and the
 * singular directions of A do no harm. Planes that no code uses stay. Thread-safe as its minimiser
 * is.
 *
 * <p>Costs (m s²)² operations for each channel and step, m maps reconstructing the channel.
 */
public final class LeastSquaresStep implements FilterStep {
  private static final double RIDGE = 1e-2;

  private final QuadraticMinimizer minimizer;
  private final int steps;

  /**
   * @param steps conjugate-gradient steps at most; each a product with A on this machine
   */
  public LeastSquaresStep(QuadraticMinimizer minimizer, int steps) {
    Checks.atLeast("least-squares step: steps", 1, steps);
    this.minimizer = minimizer;
    this.steps = steps;
  }

  @Override
  public FilterBank solve(FilterQuadratic quadratic, FilterBank start) {
    double[] from = new double[start.data().length];
    for (int i = 0; i < from.length; i++) {
      from[i] = start.data()[i];
    }
    FilterBank solved = start.copy();
    for (int c = 0; c < start.channels(); c++) {
      double[] correction = correction(quadratic, c, quadratic.stacked(c, from));
      quadratic.addStacked(c, correction, solved.data());
    }
    return UnitPlanes.project(solved);
  }

  private double[] correction(FilterQuadratic quadratic, int channel, double[] f) {
    double[] matrix = quadratic.matrix(quadratic.sets().ofChannel(channel));
    double ridge = RIDGE * trace(matrix, f.length) / f.length;
    double[] residual = quadratic.target(channel);
    double[] product = times(matrix, f, 0);
    for (int i = 0; i < residual.length; i++) {
      residual[i] -= product[i];
    }
    return minimizer.correction(d -> times(matrix, d, ridge), residual, steps);
  }

  private static double trace(double[] matrix, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += matrix[i * n + i];
    }
    return sum;
  }

  /** (A + ridge·I) x. */
  private static double[] times(double[] matrix, double[] x, double ridge) {
    int n = x.length;
    double[] product = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = ridge * x[i];
      for (int j = 0; j < n; j++) {
        sum += matrix[i * n + j] * x[j];
      }
      product[i] = sum;
    }
    return product;
  }
}
