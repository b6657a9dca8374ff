package org.deconvnet.network.csc;

import org.deconvnet.dictionary.AtomLayout;
import org.deconvnet.dictionary.AtomQuadratic;
import org.deconvnet.dictionary.AtomStatistics;
import org.deconvnet.dictionary.HiddenPixels;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.sums.Mergeable;

/**
 * Sums over the coded images of a batch, independent of their order: the objective's parts and the
 * atoms' statistics. Not thread-safe.
 */
final class CscSums implements Mergeable<CscSums> {
  private static final long serialVersionUID = 1;

  private final EpochTotals totals;
  private final AtomStatistics statistics;

  /**
   * @param images of the whole batch, whatever share of them is added here
   */
  CscSums(CscLayer layer, long images) {
    this.totals = new EpochTotals(layer.filters().maps());
    this.statistics = new AtomStatistics(AtomLayout.of(layer.filters()), images);
  }

  void add(ConvolutionEngine engine, CscLayer layer, CscImage coded) {
    totals.add(coded.trace(), coded.keptCode());
    HiddenPixels.Filled filled =
        HiddenPixels.fill(
            engine,
            layer.filters(),
            layer.coding().boundary(),
            coded.pixels(),
            coded.mask(),
            coded.keptCode());
    statistics.add(coded.keptCode(), filled.image(), filled.boundary());
  }

  @Override
  public void merge(CscSums other) {
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
