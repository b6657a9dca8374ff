package org.deconvnet.network.adaptive;

import org.deconvnet.learn.EpochTotals;
import org.deconvnet.solve.SparseCode;
import org.deconvnet.sums.FixedPointSum;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FilterBank;

/**
 * Sums over the images of a batch, independent of their order: the objective's parts and the
 * right-hand side of the filter step. Not thread-safe.
 */
public final class BatchSummary implements Mergeable<BatchSummary> {
  private static final long serialVersionUID = 1;

  private final EpochTotals totals;
  private final FixedPointSum gradient;

  /**
   * @param filters of the layer that is learned
   * @param images of the whole batch, whatever share of them is added here
   */
  public BatchSummary(FilterBank filters, long images) {
    this.totals = new EpochTotals(filters.maps());
    this.gradient = new FixedPointSum(filters.data().length, images);
  }

  /** Adds one image: its code and Σ S(z)ᵀ Lᵀ (y − L S(z) f). */
  public void add(SparseCode code, float[] negativeGradient) {
    totals.add(code);
    gradient.add(negativeGradient);
  }

  @Override
  public void merge(BatchSummary other) {
    totals.merge(other.totals);
    gradient.merge(other.gradient);
  }

  public double[] negativeGradient() {
    return gradient.toArray();
  }

  /** Shared with the summary. */
  public EpochTotals totals() {
    return totals;
  }
}
