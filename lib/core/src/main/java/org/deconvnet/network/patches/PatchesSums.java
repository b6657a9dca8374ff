package org.deconvnet.network.patches;

import org.deconvnet.dictionary.AtomLayout;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.dictionary.AtomStatistics;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.operator.Boundary;
import org.deconvnet.sums.Mergeable;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * Sums over the coded windows of a batch, independent of their order: the objective's parts, and
 * what words need to know, Σ h hᵀ and Σ h wᵀ. Not thread-safe.
 */
final class PatchesSums implements Mergeable<PatchesSums> {
  private static final long serialVersionUID = 1;

  private final EpochTotals totals;
  private final AtomStatistics statistics;

  /**
   * @param columns words as {@link PatchesLayer#columns}
   * @param images of the whole batch, whatever share of them is added here
   */
  PatchesSums(FilterBank columns, long images) {
    this.totals = new EpochTotals(columns.maps());
    this.statistics = new AtomStatistics(AtomLayout.of(columns), images);
  }

  /**
   * @param windows the image's, whitened
   */
  void add(PatchesImage coded, FeatureMaps windows) {
    totals.add(coded.trace(), coded.code());
    statistics.add(coded.code(), windows, Boundary.FULL);
  }

  @Override
  public void merge(PatchesSums other) {
    totals.merge(other.totals);
    statistics.merge(other.statistics);
  }

  AtomQuadratic quadratic() {
    return statistics.quadratic();
  }

  /** Shared with the sums. */
  EpochTotals totals() {
    return totals;
  }
}
