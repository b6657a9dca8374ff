package org.deconvnet.network.adaptive;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.learn.EpochTotals;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredFilters;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * A {@link LayerState} in files: {@code state.json} and {@code filters.npy}, float32 (map, channel,
 * row, column). Every number comes back as it was, to the bit. Thread-safe.
 */
public final class LayerStateFormat {
  private static final String STATE = "state.json";

  private LayerStateFormat() {}

  /** What {@code state.json} says. */
  private record Position(
      int layer, int epoch, int batches, Totals totals, List<LayerProgress> epochs) {}

  /**
   * @param parts of the objective, in multiples of 2⁻³², which exceed 64 bits
   */
  private record Totals(
      List<String> parts, List<Long> activations, long images, long nonZeros, long entries) {}

  public static void write(LayerState state, ModelFiles files) throws IOException {
    EpochTotals totals = state.totals();
    Totals stored =
        new Totals(
            totals.parts().stream().map(part -> part.fixed().toString()).toList(),
            Arrays.stream(totals.activations()).boxed().toList(),
            totals.images(),
            totals.nonZeros(),
            totals.entries());
    StoredFilters.write(state.filters(), files);
    StoredRecord.write(
        new Position(state.layer(), state.epoch(), state.batches(), stored, state.epochs()),
        STATE,
        files);
  }

  /**
   * @param connectivity of the layer's filters
   * @param side rows and columns of a filter
   * @throws IOException if the files hold anything else
   */
  public static LayerState read(ModelFiles files, Connectivity connectivity, int side)
      throws IOException {
    Position position = StoredRecord.read(Position.class, STATE, files);
    FilterBank filters = StoredFilters.read(files, connectivity, side);
    try {
      return new LayerState(
          position.layer(),
          filters,
          position.epoch(),
          position.batches(),
          totals(position.totals()),
          position.epochs());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("%s/%s: %s".formatted(files.location(), STATE, e.getMessage()), e);
    }
  }

  private static EpochTotals totals(Totals stored) {
    EpochTotals totals =
        new EpochTotals(
            stored.parts().stream().map(BigInteger::new).map(ExactTotal::ofFixed).toList(),
            stored.activations().stream().mapToLong(n -> n).toArray());
    totals.count(stored.images(), stored.nonZeros(), stored.entries());
    return totals;
  }
}
