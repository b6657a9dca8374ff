package org.deconvnet.network.adaptive;

import org.deconvnet.dictionary.FilterNorm;
import org.deconvnet.learn.Batch;
import org.deconvnet.learn.Pass;
import org.deconvnet.solve.QuadraticMinimizer;
import org.deconvnet.solve.SolverDivergedException;
import org.deconvnet.sums.FixedPointSum;
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
        minimizer.correction(d -> curvature(batch, f, d), coded.negativeGradient(), steps);
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

  /**
   * The Hessian times d. A gradient summed over many images is long, and its product would grow
   * with their square: the batch gets a direction of a length below 1, shortened by a power of two,
   * which changes no digit.
   */
  private static double[] curvature(
      Batch<AdaptiveImage, AdaptiveCoding> batch, FilterBank f, double[] d) {
    int exponent = Math.getExponent(length(d)) + 1;
    FilterBank direction = FilterBank.zeros(f.connectivity(), f.side());
    for (int i = 0; i < d.length; i++) {
      direction.data()[i] = (float) Math.scalb(d[i], -exponent);
    }
    double[] product = curvature(batch, direction);
    for (int i = 0; i < product.length; i++) {
      product[i] = Math.scalb(product[i], exponent);
    }
    return product;
  }

  /** Σ S(z)ᵀ Lᵀ L S(z) d over the batch's codes. */
  static double[] curvature(Batch<AdaptiveImage, AdaptiveCoding> batch, FilterBank direction) {
    Pass<AdaptiveImage, AdaptiveCoding, FixedPointSum> pass =
        (coded, coding, engine, all) -> {
          AdaptiveCoder coder = coding.coder(engine);
          FixedPointSum sum = new FixedPointSum(direction.data().length, all);
          coded.forEachRemaining(image -> sum.add(coder.curvature(image, direction)));
          return sum;
        };
    return batch.sum(pass).toArray();
  }

  private static double length(double[] d) {
    double squares = 0;
    for (double v : d) {
      squares += v * v;
    }
    return Math.sqrt(squares);
  }
}
