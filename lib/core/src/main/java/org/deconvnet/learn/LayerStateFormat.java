package org.deconvnet.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.layer.ModelFiles;
import org.deconvnet.layer.NpyFormat;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * A {@link LayerState} in files: {@code state.json} and {@code filters.npy}, float32 (map, channel,
 * row, column). Every number comes back as it was, to the bit. Thread-safe.
 */
public final class LayerStateFormat {
  private static final String STATE = "state.json";
  private static final String FILTERS = "filters.npy";

  /** Records by their components: anything missing or strange in a file is an error. */
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

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
    writeFilters(state.filters(), files);
    writeJson(
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
    Position position = readJson(Position.class, STATE, files);
    FilterBank filters = readFilters(files, connectivity, side);
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

  /** Stores filters under the name that {@link #readFilters} knows. */
  public static void writeFilters(FilterBank f, ModelFiles files) throws IOException {
    try (OutputStream out = files.create(FILTERS)) {
      NpyFormat.write(out, f.data(), f.maps(), f.channels(), f.side(), f.side());
    }
  }

  /**
   * @throws IOException if they have another shape
   */
  public static FilterBank readFilters(ModelFiles files, Connectivity connectivity, int side)
      throws IOException {
    int maps = connectivity.maps();
    int channels = connectivity.channels();
    String what = files.location() + "/" + FILTERS;
    try (InputStream in = files.open(FILTERS)) {
      return FilterBank.of(
          connectivity, side, NpyFormat.read(in, what, maps, channels, side, side));
    }
  }

  /** Writes a record, component by component. */
  public static void writeJson(Record stored, String name, ModelFiles files) throws IOException {
    try (OutputStream out = files.create(name)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(stored));
    }
  }

  /**
   * @throws IOException if the file holds anything but such a record
   */
  public static <T extends Record> T readJson(Class<T> type, String name, ModelFiles files)
      throws IOException {
    try (InputStream in = files.open(name)) {
      return JSON.readValue(in, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: expected the state of learning in %s, got something else: %s"
              .formatted(files.location(), name, e.getOriginalMessage()),
          e);
    }
  }
}
