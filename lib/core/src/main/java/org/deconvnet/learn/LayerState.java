package org.deconvnet.learn;

import java.util.ArrayList;
import java.util.List;
import org.deconvnet.dictionary.CarriedQuadratic;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.words.Count;

/**
 * All that learning a layer knows between two batches, besides the codes that batches may keep:
 * whoever keeps it can go on from there, and comes to the same bits. Learning goes on to use {@code
 * remembered}, so whoever wants to keep that copies or writes it at once; the rest is not to be
 * changed.
 *
 * @param layer the layer's number, from 1
 * @param filters after the last update
 * @param remembered statistics carried over batches; null before the first one, and in families
 *     that carry none
 * @param epoch that is under way, from 1; one more than asked for at the end
 * @param batches done in this epoch
 * @param totals of these batches
 * @param epochs that are over
 */
public record LayerState(
    int layer,
    FilterBank filters,
    CarriedQuadratic remembered,
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

  /**
   * Before the first batch.
   *
   * @param counted maps whose activations are counted; 0 for none
   */
  public static LayerState start(int layer, FilterBank filters, int counted) {
    return new LayerState(layer, filters, null, 1, 0, new EpochTotals(counted), List.of());
  }

  /** One more batch is done; nothing is carried over to the next. */
  public LayerState withBatch(FilterBank newFilters, EpochTotals batch) {
    return withBatch(newFilters, null, batch);
  }

  /**
   * One more batch is done.
   *
   * @param batch its own totals
   */
  public LayerState withBatch(
      FilterBank newFilters, CarriedQuadratic nowRemembered, EpochTotals batch) {
    EpochTotals more = totals.copy();
    more.merge(batch);
    return new LayerState(layer, newFilters, nowRemembered, epoch, batches + 1, more, epochs);
  }

  /** The epoch is over: the next one starts with these filters. */
  public LayerState nextEpoch(FilterBank newFilters) {
    List<LayerProgress> more = new ArrayList<>(epochs);
    more.add(progress());
    EpochTotals none = new EpochTotals(totals.activations().length);
    return new LayerState(layer, newFilters, remembered, epoch + 1, 0, none, more);
  }

  /** Sums over the epoch that is under way. */
  LayerProgress progress() {
    return totals.progress(layer, epoch);
  }

  /** How far it had come, for messages. */
  String lastValues() {
    if (batches == 0 && epochs.isEmpty()) {
      return "nothing yet";
    }
    LayerProgress last = batches > 0 ? progress() : epochs.get(epochs.size() - 1);
    return "epoch %d, %s: objective %s an image, relative error %s"
        .formatted(
            last.epoch(),
            Count.of(last.images(), "image"),
            last.meanObjective(),
            last.relativeError());
  }
}
