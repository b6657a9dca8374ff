package org.deconvnet.network.deconvolutional;

import org.deconvnet.dictionary.CodeCorrelations;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.dictionary.FilterStatistics;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FilterBank;

/**
 * Sums over the coded images of a batch, independent of their order: the objective's parts and the
 * filters' statistics. Not thread-safe.
 */
public final class CodeSums implements Mergeable<CodeSums> {
  private static final long serialVersionUID = 1;

  private final EpochTotals objective = new EpochTotals(0);
  private final FilterStatistics statistics;

  /**
   * @param filters whose statistics are wanted
   * @param images of the whole batch, whatever share of them is added here
   */
  public CodeSums(FilterBank filters, long images) {
    this.statistics = new FilterStatistics(filters.connectivity(), filters.side(), images);
  }

  public void add(CodeCorrelations correlations, DeconvolutionalImage image) {
    objective.add(image.trace());
    statistics.add(correlations, image.keptCode(), image.image());
  }

  @Override
  public void merge(CodeSums other) {
    objective.merge(other.objective);
    statistics.merge(other.statistics);
  }

  public FilterQuadratic quadratic() {
    return statistics.quadratic();
  }

  /** The objective's parts; shared with the sums. */
  EpochTotals objective() {
    return objective;
  }
}
