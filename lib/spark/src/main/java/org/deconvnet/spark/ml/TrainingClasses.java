package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.BinaryAttribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.tensor.UserErrorException;

/**
 * The classes of training rows. A label column holds names, which are numbered in their sorted
 * order, or whole numbers from 0 up, as StringIndexer makes them: those stay as they are, and their
 * names are in the column's metadata, or else are the numbers. Immutable.
 *
 * @param names of all classes, by number; some may have no row
 * @param numbers by name; null where labels are numbers
 */
record TrainingClasses(List<String> names, Map<String, Integer> numbers) implements Serializable {
  /** More were a column of something else. */
  private static final int MOST = 100_000;

  static void requireColumn(StructType schema, String column, String stage) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)
        || !(schema.apply(column).dataType() instanceof NumericType)) {
      Columns.require(schema, column, DataTypes.StringType, stage);
    }
  }

  /**
   * @param labels of all rows, or the different ones
   * @throws UserErrorException if there are fewer than two, or a number is no class
   */
  static TrainingClasses of(StructField column, Collection<?> labels, String stage) {
    List<?> different = labels.stream().distinct().toList();
    if (different.size() < 2) {
      throw new UserErrorException(
          "%s: expected at least two classes, got %s".formatted(stage, different));
    }
    return column.dataType() instanceof NumericType
        ? numbered(column, different, stage)
        : named(different.stream().map(String.class::cast).sorted().toList());
  }

  private static TrainingClasses named(List<String> sorted) {
    Map<String, Integer> numbers = new TreeMap<>();
    sorted.forEach(name -> numbers.put(name, numbers.size()));
    return new TrainingClasses(sorted, numbers);
  }

  private static TrainingClasses numbered(StructField column, List<?> labels, String stage) {
    String[] known = namesIn(column);
    int end = known == null ? MOST : known.length;
    int most = 0;
    for (Object label : labels) {
      double number = ((Number) label).doubleValue();
      if (number != Math.rint(number) || number < 0 || number >= end) {
        throw new UserErrorException(
            "%s: label column '%s': expected whole numbers of classes from 0 to %d, got %s"
                .formatted(stage, column.name(), end - 1, label));
      }
      most = Math.max(most, (int) number);
    }
    List<String> names =
        known == null
            ? IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList()
            : List.of(known);
    return new TrainingClasses(names, null);
  }

  /** What StringIndexer leaves in a column's metadata, or null. */
  private static String[] namesIn(StructField column) {
    Attribute attribute = Attribute.fromStructField(column);
    if (attribute instanceof NominalAttribute nominal && nominal.values().isDefined()) {
      return nominal.values().get();
    }
    return attribute instanceof BinaryAttribute binary && binary.values().isDefined()
        ? binary.values().get()
        : null;
  }

  int numberOf(Object label) {
    return numbers == null ? ((Number) label).intValue() : numbers.get((String) label);
  }

  String[] namesByNumber() {
    return names.toArray(String[]::new);
  }
}
