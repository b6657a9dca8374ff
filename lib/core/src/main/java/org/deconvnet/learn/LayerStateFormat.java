package org.deconvnet.learn;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.dictionary.CarriedQuadratic;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredFilters;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.sums.ExactTotal;
import org.deconvnet.tensor.FilterBank;

/**
 * A {@link LayerState} in files: {@code state.json}, {@code filters.npy}, float32 (map, channel,
 * row, column), and {@code statistics.bin} where statistics are carried over batches. Every number
 * comes back as it was, to the bit. Thread-safe.
 */
public final class LayerStateFormat {
  private static final String STATE = "state.json";

  private LayerStateFormat() {}

  /** What {@code state.json} says. */
  private record Position(
      int layer,
      int epoch,
      int batches,
      boolean statistics,
      Totals totals,
      List<LayerProgress> epochs) {}

  /** What it said in format 1 of a layer that carries no statistics. */
  private record PositionWithoutStatistics(
      int layer, int epoch, int batches, Totals totals, List<LayerProgress> epochs) {}

  /** What it said in format 1 of a layer that carries statistics: an epoch was always over. */
  private record PositionAfterEpoch(int layer, List<LayerProgress> epochs) {}

  /**
   * @param parts of the objective, in multiples of 2⁻³², which exceed 64 bits
   */
  private record Totals(
      List<String> parts, List<Long> activations, long images, long nonZeros, long entries) {}

  public static void write(LayerState state, ModelFiles files) throws IOException {
    boolean statistics = state.remembered() != null;
    StoredFilters.write(state.filters(), files);
    if (statistics) {
      StoredStatistics.write(state.remembered(), files);
    }
    StoredRecord.write(
        new Position(
            state.layer(),
            state.epoch(),
            state.batches(),
            statistics,
            stored(state.totals()),
            state.epochs()),
        STATE,
        files);
  }

  private static Totals stored(EpochTotals totals) {
    return new Totals(
        totals.parts().stream().map(part -> part.fixed().toString()).toList(),
        Arrays.stream(totals.activations()).boxed().toList(),
        totals.images(),
        totals.nonZeros(),
        totals.entries());
  }

  /**
   * @param format of the checkpoint, 1 or 2
   * @param start the layer's first state, whose filters have the shape that is expected
   * @param noStatistics what the family carries over batches, before there was one; takes what is
   *     read. Null where it carries nothing
   * @throws IOException if the files hold anything else
   */
  public static LayerState read(
      ModelFiles files, int format, LayerState start, CarriedQuadratic noStatistics)
      throws IOException {
    FilterBank like = start.filters();
    Position at = position(files, format, start, noStatistics != null);
    FilterBank filters = StoredFilters.read(files, like.connectivity(), like.side());
    if (at.statistics() && noStatistics == null) {
      throw new IOException(
          "%s/%s: expected no statistics, which this family does not carry over, got some"
              .formatted(files.location(), STATE));
    }
    if (at.statistics()) {
      StoredStatistics.read(files, noStatistics);
    }
    try {
      return new LayerState(
          at.layer(),
          filters,
          at.statistics() ? noStatistics : null,
          at.epoch(),
          at.batches(),
          totals(at.totals()),
          at.epochs());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("%s/%s: %s".formatted(files.location(), STATE, e.getMessage()), e);
    }
  }

  private static Position position(
      ModelFiles files, int format, LayerState start, boolean carriesStatistics)
      throws IOException {
    if (format > 1) {
      return StoredRecord.read(Position.class, STATE, files);
    }
    if (!carriesStatistics) {
      var at = StoredRecord.read(PositionWithoutStatistics.class, STATE, files);
      return new Position(at.layer(), at.epoch(), at.batches(), false, at.totals(), at.epochs());
    }
    var at = StoredRecord.read(PositionAfterEpoch.class, STATE, files);
    Totals none = stored(start.totals());
    return new Position(at.layer(), at.epochs().size() + 1, 0, true, none, at.epochs());
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
