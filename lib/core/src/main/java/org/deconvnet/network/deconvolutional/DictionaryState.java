package org.deconvnet.network.deconvolutional;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/**
 * What learning a layer of the 2010 network knows between two epochs, besides the codes that its
 * batches keep: both together lead on to the same bits. Learning goes on to use {@code remembered},
 * so whoever wants to keep it copies or writes it at once.
 *
 * @param layer the layer's number, from 1
 * @param filters after the last update
 * @param remembered statistics carried over batches; null before the first one
 * @param epochs that are over
 */
public record DictionaryState(
    int layer, FilterBank filters, FilterQuadratic remembered, List<LayerProgress> epochs) {
  public DictionaryState {
    epochs = List.copyOf(epochs);
    Checks.atLeast("dictionary state: layer", 1, layer);
  }

  /**
   * Before the first epoch.
   *
   * @param filters with planes of unit norm
   */
  public static DictionaryState start(int layer, FilterBank filters) {
    return new DictionaryState(layer, filters, null, List.of());
  }

  /** The epoch that comes next, from 1. */
  public int epoch() {
    return epochs.size() + 1;
  }

  DictionaryState next(FilterBank newFilters, FilterQuadratic statistics, EpochTotals totals) {
    List<LayerProgress> more = new ArrayList<>(epochs);
    more.add(totals.progress(layer, epoch()));
    return new DictionaryState(layer, newFilters, statistics, more);
  }
}
