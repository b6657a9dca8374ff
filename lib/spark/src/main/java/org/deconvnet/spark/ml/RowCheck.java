package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.columns.Columns;
import org.deconvnet.spark.columns.Mapped;
import org.deconvnet.tensor.UserErrorException;

/**
 * Tells a stage's rows apart: those with all inputs, and the invalid ones, which {@link
 * InvalidRowParams} decide about. Thread-safe.
 *
 * @param choice of handleInvalid
 * @param id index of the column that names a row; -1: there is none
 * @param error index of the column that says why a file is no image; -1: there is none
 * @param inputs columns that must not be null
 * @param indices of those
 */
record RowCheck(String stage, String choice, int id, int error, List<String> inputs, int[] indices)
    implements Serializable {

  static RowCheck of(StructType schema, InvalidRowParams<?> stage, String... inputs) {
    return new RowCheck(
        stage.uid(),
        stage.getHandleInvalid(),
        index(schema, stage.getIdCol()),
        errorIndex(schema),
        List.of(inputs),
        Arrays.stream(inputs).mapToInt(schema::fieldIndex).toArray());
  }

  private static int index(StructType schema, String column) {
    return Arrays.asList(schema.fieldNames()).indexOf(column);
  }

  /** Somebody else's column of that name may hold anything. */
  private static int errorIndex(StructType schema) {
    int index = index(schema, ImagePreprocessor.ERROR);
    return index >= 0 && schema.apply(index).dataType().equals(DataTypes.StringType) ? index : -1;
  }

  /** What is wrong with a row, or null. A number that is none counts as null. */
  String problem(Row row) {
    for (int i = 0; i < indices.length; i++) {
      Object value = row.get(indices[i]);
      if (value == null || (value instanceof Double number && number.isNaN())) {
        return error >= 0 && !row.isNullAt(error)
            ? row.getString(error)
            : "expected a value in column '%s', got %s".formatted(inputs.get(i), value);
      }
    }
    return null;
  }

  /** A row for messages. */
  String named(Row row, String problem) {
    return (id < 0 || row.isNullAt(id) ? "a row without an id" : row.get(id)) + ": " + problem;
  }

  /** Throws where an invalid row is to end the job. */
  void mayPass(Row row, String problem) {
    if (choice.equals(InvalidRowParams.ERROR)) {
      throw new UserErrorException(
          "%s: %s; mend or remove it, or set handleInvalid to keep or skip"
              .formatted(stage, named(row, problem)));
    }
  }

  /** The rows that go on: all of them, or the valid ones. */
  Iterator<Row> passed(Iterator<Row> rows) {
    return switch (choice) {
      case InvalidRowParams.SKIP -> only(rows, row -> problem(row) == null);
      case InvalidRowParams.ERROR -> new Mapped<>(rows, this::required);
      default -> rows;
    };
  }

  private Row required(Row row) {
    String problem = problem(row);
    if (problem != null) {
      mayPass(row, problem);
    }
    return row;
  }

  private static Iterator<Row> only(Iterator<Row> rows, Predicate<Row> wanted) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .filter(wanted)
        .iterator();
  }

  /**
   * The rows that go on, with what a stage makes of each valid one.
   *
   * @param added how many columns that is; an invalid row has as many nulls
   */
  Iterator<Row> append(Iterator<Row> rows, int added, Function<Row, Object[]> made) {
    return new Mapped<>(
        passed(rows),
        row -> Columns.append(row, problem(row) == null ? made(row, made) : new Object[added]));
  }

  /**
   * As {@link #append}, for a stage that works on some rows at a time. Of a partition so many are
   * held.
   *
   * @param batch most rows at a time
   * @param read what a valid row holds
   * @param made what the stage makes of some rows, in their order
   */
  <T> Iterator<Row> appendBatches(
      Iterator<Row> rows,
      int added,
      int batch,
      Function<Row, T> read,
      Function<List<T>, List<Object[]>> made) {
    Iterator<Row> passed = passed(rows);
    return new Iterator<>() {
      private final Deque<Row> ready = new ArrayDeque<>();

      @Override
      public boolean hasNext() {
        return !ready.isEmpty() || passed.hasNext();
      }

      @Override
      public Row next() {
        if (ready.isEmpty()) {
          ready.addAll(appended(taken(passed, batch), added, read, made));
        }
        return ready.remove();
      }
    };
  }

  private static List<Row> taken(Iterator<Row> rows, int most) {
    List<Row> taken = new ArrayList<>();
    while (taken.size() < most && rows.hasNext()) {
      taken.add(rows.next());
    }
    return taken;
  }

  private <T> List<Row> appended(
      List<Row> rows, int added, Function<Row, T> read, Function<List<T>, List<Object[]>> made) {
    List<T> valid =
        rows.stream().filter(row -> problem(row) == null).map(row -> made(row, read)).toList();
    Iterator<Object[]> columns =
        valid.isEmpty() ? Collections.emptyIterator() : made.apply(valid).iterator();
    return rows.stream()
        .map(row -> Columns.append(row, problem(row) == null ? columns.next() : new Object[added]))
        .toList();
  }

  /** What is wrong with a row is said with its id. */
  private <T> T made(Row row, Function<Row, T> made) {
    try {
      return made.apply(row);
    } catch (IllegalArgumentException e) {
      throw id < 0 || row.isNullAt(id) ? e : UserErrorException.of(String.valueOf(row.get(id)), e);
    }
  }
}
