package org.deconvnet.network.adaptive;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.words.Count;

/**
 * All that learning a layer knows between two batches: whoever keeps it can go on from there, and
 * comes to the same bits. Not to be changed.
 *
 * @param layer the layer's number, from 1
 * @param filters after the last update
 * @param epoch that is under way, from 1; one more than asked for at the end
 * @param batches done in this epoch
 * @param totals of these batches
 * @param epochs that are over
 */
public record LayerState(
    int layer,
    FilterBank filters,
    int epoch,
    int batches,
    EpochTotals totals,
    List<LayerProgress> epochs) {
  public LayerState {
    epochs = List.copyOf(epochs);
    Checks.atLeast("layer state: layer", 1, layer);
    Checks.atLeast("layer state: batches", 0, batches);
    Checks.equal("layer state: epochs that are over", epoch - 1, epochs.size());
  }

  /** Before the first batch. */
  static LayerState start(int layer, FilterBank filters) {
    return new LayerState(layer, filters, 1, 0, new EpochTotals(filters.maps()), List.of());
  }

  LayerState withBatch(FilterBank newFilters, EpochTotals newTotals) {
    return new LayerState(layer, newFilters, epoch, batches + 1, newTotals, epochs);
  }

  /** The epoch is over: the next one starts with these filters. */
  LayerState nextEpoch(FilterBank newFilters) {
    List<LayerProgress> more = new ArrayList<>(epochs);
    more.add(totals.progress(layer, epoch));
    EpochTotals none = new EpochTotals(newFilters.maps());
    return new LayerState(layer, newFilters, epoch + 1, 0, none, more);
  }

  /** How far it had come, for messages. */
  String lastValues() {
    if (batches == 0 && epochs.isEmpty()) {
      return "nothing yet";
    }
    LayerProgress last =
        batches > 0 ? totals.progress(layer, epoch) : epochs.get(epochs.size() - 1);
    return "epoch %d, %s: objective %s an image, relative error %s"
        .formatted(
            last.epoch(),
            Count.of(last.images(), "image"),
            last.meanObjective(),
            last.relativeError());
  }
}
