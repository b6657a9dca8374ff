package org.deconvnet.learn;

import org.deconvnet.infer.SolverDivergedException;
import org.deconvnet.layer.Layer;
import org.deconvnet.layer.Network;
import org.deconvnet.tensor.FilterBank;

/**
 * The filter step: with codes and switches fixed, a few conjugate-gradient steps on Σ ½‖L S(z) f −
 * y‖² from the present filters, then unit norm (Zeiler et al., ICCV 2011, section 2.4). A filter
 * that no code uses keeps its values: its gradient is zero.
 */
public final class FilterUpdate {
  private final QuadraticMinimizer minimizer;

  public FilterUpdate(QuadraticMinimizer minimizer) {
    this.minimizer = minimizer;
  }

  /**
   * New filters for {@code layer} after its batch was coded with summary {@code coded}.
   *
   * @throws SolverDivergedException if a filter is no longer finite
   */
  public FilterBank update(
      TrainingBatch batch, Network below, Layer layer, BatchSummary coded, int steps) {
    FilterBank f = layer.filters();
    double[] correction =
        minimizer.correction(
            d -> batch.curvature(below, layer, bank(f, d)), coded.negativeGradient(), steps);
    FilterBank moved = f.copy();
    for (int i = 0; i < correction.length; i++) {
      moved.data()[i] += (float) correction[i];
    }
    try {
      return UnitNorm.project(moved);
    } catch (IllegalArgumentException e) {
      throw SolverDivergedException.inLearning("filter step: " + e.getMessage(), e);
    }
  }

  private static FilterBank bank(FilterBank like, double[] values) {
    FilterBank bank = FilterBank.zeros(like.connectivity(), like.side());
    for (int i = 0; i < values.length; i++) {
      bank.data()[i] = (float) values[i];
    }
    return bank;
  }
}
