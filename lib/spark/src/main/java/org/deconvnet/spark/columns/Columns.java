package org.deconvnet.spark.columns;

import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.tensor.UserErrorException;

/** Schema checks of the stages, with one wording, and rows with columns added. */
public final class Columns {
  private Columns() {}

  /** Throws unless the column is there and holds this type (nullability aside). */
  public static void require(StructType schema, String column, DataType type, String stage) {
    require(
        schema,
        column,
        got -> got.asNullable().equals(type.asNullable()),
        type.catalogString(),
        stage);
  }

  /**
   * Throws unless the column is there and of a type that is taken.
   *
   * @param expected what is taken, for the message
   */
  static void require(
      StructType schema, String column, Predicate<DataType> taken, String expected, String stage) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new UserErrorException(
          "%s: expected a column '%s', got columns %s"
              .formatted(stage, column, Arrays.toString(schema.fieldNames())));
    }
    DataType got = schema.apply(column).dataType();
    if (!taken.test(got)) {
      throw new UserErrorException(
          "%s: expected column '%s' of type %s, got %s"
              .formatted(stage, column, expected, got.catalogString()));
    }
  }

  public static StructType add(StructType schema, String column, DataType type, String stage) {
    requireFree(schema, column, stage);
    return schema.add(column, type, true);
  }

  public static void requireFree(StructType schema, String column, String stage) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new UserErrorException(
          "%s: column '%s' is there already; drop it or name another output"
              .formatted(stage, column));
    }
  }

  /** A column by its name as it is, dots included. */
  public static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  public static Row append(Row row, Object... more) {
    Object[] values = new Object[row.length() + more.length];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(more, 0, values, row.length(), more.length);
    return RowFactory.create(values);
  }
}
