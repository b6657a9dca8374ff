package org.deconvnet.spark.columns;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * An array of numbers in a row. Spark gives a sequence where a row has been encoded; where two
 * stages work as one it gives the Java array that the first has put there.
 */
final class NumberArray {
  private NumberArray() {}

  static List<Number> of(Row row, int field) {
    Object value = row.get(field);
    if (value instanceof Number[] numbers) {
      return Arrays.asList(numbers);
    }
    if (value instanceof float[] numbers) {
      return IntStream.range(0, numbers.length).<Number>mapToObj(i -> numbers[i]).toList();
    }
    if (value instanceof double[] numbers) {
      return IntStream.range(0, numbers.length).<Number>mapToObj(i -> numbers[i]).toList();
    }
    return row.getList(field);
  }
}
