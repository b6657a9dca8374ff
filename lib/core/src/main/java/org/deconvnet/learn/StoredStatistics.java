package org.deconvnet.learn;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.deconvnet.dictionary.CarriedQuadratic;
import org.deconvnet.store.ModelFiles;

/**
 * A {@link CarriedQuadratic} in the file {@code statistics.bin}: its numbers as big-endian float64.
 * Stateless.
 */
final class StoredStatistics {
  private static final String STATISTICS = "statistics.bin";

  private StoredStatistics() {}

  static void write(CarriedQuadratic statistics, ModelFiles files) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(files.create(STATISTICS)))) {
      for (double number : statistics.numbers()) {
        out.writeDouble(number);
      }
    }
  }

  /**
   * @param into receives them
   * @throws IOException if the file holds anything else
   */
  static void read(ModelFiles files, CarriedQuadratic into) throws IOException {
    double[] numbers = into.numbers();
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
    into.setNumbers(numbers);
  }
}
