package org.deconvnet.network.adaptive;

import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.learn.Batch;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.tensor.FilterBank;

/**
 * The filter step: with codes and switches fixed, a few conjugate-gradient steps on Σ ½‖L S(z) f −
 * y‖² from the present filters, then unit norm (Zeiler et al., ICCV 2011, section 2.4). A filter
 * that no code uses keeps its values: its gradient is zero.
 */
public final class FilterUpdate {
  private final QuadraticMinimizer minimizer;
  private final FilterNorm norm;

  public FilterUpdate(QuadraticMinimizer minimizer, FilterNorm norm) {
    this.minimizer = minimizer;
    this.norm = norm;
  }

  /**
   * New filters in place of {@code f}, with which the batch was coded with summary {@code coded}.
   *
   * @throws SolverDivergedException if a filter is no longer finite
   */
  public FilterBank update(
      Batch<AdaptiveImage, AdaptiveCoding> batch, FilterBank f, BatchSummary coded, int steps) {
    double[] correction =
        minimizer.correction(new FilterHessian(batch, f), coded.negativeGradient(), steps);
    FilterBank moved = f.copy();
    for (int i = 0; i < correction.length; i++) {
      moved.data()[i] += (float) correction[i];
    }
    try {
      return norm.project(moved);
    } catch (IllegalArgumentException e) {
      throw SolverDivergedException.inLearning("filter step: " + e.getMessage(), e);
    }
  }
}
