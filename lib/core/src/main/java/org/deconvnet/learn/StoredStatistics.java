package org.deconvnet.learn;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.deconvnet.dictionary.FilterQuadratic;
import org.deconvnet.store.ModelFiles;
import org.deconvnet.tensor.FilterBank;

/**
 * A {@link FilterQuadratic} in the file {@code statistics.bin}, as big-endian float64: its
 * matrices, set by set and row by row, its targets as filters lie, its energy. Stateless.
 */
final class StoredStatistics {
  private static final String STATISTICS = "statistics.bin";

  private StoredStatistics() {}

  static void write(FilterQuadratic statistics, ModelFiles files) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(files.create(STATISTICS)))) {
      for (double number : statistics.numbers()) {
        out.writeDouble(number);
      }
    }
  }

  /**
   * @param filters whose statistics they are
   * @throws IOException if the file holds anything else
   */
  static FilterQuadratic read(ModelFiles files, FilterBank filters) throws IOException {
    FilterQuadratic quadratic = new FilterQuadratic(filters.connectivity(), filters.side());
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
