package org.deconvnet.network.deconvolutional;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.store.StoredFilters;
import org.deconvnet.store.StoredRecord;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * A {@link DictionaryState} in files: {@code state.json}, {@code filters.npy}, float32 (map,
 * channel, row, column), and {@code statistics.bin}, the numbers of the {@link FilterQuadratic} as
 * big-endian float64: its matrices, set by set and row by row, its targets as filters lie, its
 * energy. Every number comes back as it was, to the bit. Thread-safe.
 */
public final class DictionaryStateFormat {
  private static final String STATE = "state.json";
  private static final String STATISTICS = "statistics.bin";

  private DictionaryStateFormat() {}

  /** What {@code state.json} says. */
  private record Position(int layer, List<LayerProgress> epochs) {}

  /**
   * @param state after at least one epoch
   */
  public static void write(DictionaryState state, ModelFiles files) throws IOException {
    StoredFilters.write(state.filters(), files);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(files.create(STATISTICS)))) {
      for (double number : state.remembered().numbers()) {
        out.writeDouble(number);
      }
    }
    StoredRecord.write(new Position(state.layer(), state.epochs()), STATE, files);
  }

  /**
   * @param connectivity of the layer's filters
   * @param side rows and columns of a filter
   * @throws IOException if the files hold anything else
   */
  public static DictionaryState read(ModelFiles files, Connectivity connectivity, int side)
      throws IOException {
    Position position = StoredRecord.read(Position.class, STATE, files);
    FilterBank filters = StoredFilters.read(files, connectivity, side);
    try {
      return new DictionaryState(
          position.layer(), filters, statistics(files, connectivity, side), position.epochs());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s/%s: %s".formatted(files.location(), STATE, e.getMessage()), e);
    }
  }

  private static FilterQuadratic statistics(ModelFiles files, Connectivity connectivity, int side)
      throws IOException {
    FilterQuadratic quadratic = new FilterQuadratic(connectivity, side);
    double[] numbers = new double[quadratic.numbers().length];
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(files.open(STATISTICS)))) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.readDouble();
      }
    } catch (EOFException e) {
      throw new IOException(
          "%s/%s: expected %d numbers, got fewer"
              .formatted(files.location(), STATISTICS, numbers.length),
          e);
    }
    quadratic.setNumbers(numbers);
    return quadratic;
  }
}
