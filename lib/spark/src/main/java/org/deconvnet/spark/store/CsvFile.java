package org.deconvnet.spark.store;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table as one CSV file: UTF-8, a line of names, a line a row, fields quoted as in RFC 4180. A
 * text is written as it is, blanks at its ends included. Nothing stands for null, two quotes for a
 * text without a character. Lines end with a line feed alone.
 */
public final class CsvFile {
  private static final String SPECIAL = ",\"\r\n";

  private CsvFile() {}

  /** Writes rows in their order. The driver holds the rows of one partition at a time. */
  public static void write(Dataset<Row> rows, OutputFolder output, String name) {
    write(rows, output, name, false);
  }

  /** As above, with a first column {@code row} that counts them from 0. */
  public static void writeNumbered(Dataset<Row> rows, OutputFolder output, String name) {
    write(rows, output, name, true);
  }

  private static void write(Dataset<Row> rows, OutputFolder output, String name, boolean numbered) {
    try (Writer out =
        new BufferedWriter(new OutputStreamWriter(output.create(name), StandardCharsets.UTF_8))) {
      out.write(line(numbered(numbered, "row", Arrays.stream(rows.columns()))));
      long number = 0;
      for (Iterator<Row> all = rows.toLocalIterator(); all.hasNext(); number++) {
        Row row = all.next();
        out.write(
            line(numbered(numbered, number, IntStream.range(0, row.length()).mapToObj(row::get))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(output.path(name), e.getMessage()), e);
    }
  }

  private static Stream<?> numbered(boolean numbered, Object first, Stream<?> rest) {
    return numbered ? Stream.concat(Stream.of(first), rest) : rest;
  }

  private static String line(Stream<?> values) {
    return values.map(CsvFile::field).collect(Collectors.joining(",", "", "\n"));
  }

  /** Blanks at the ends need no quotes by the RFC; many readers cut them off without. */
  static String field(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean plain =
        !text.isEmpty()
            && text.equals(text.strip())
            && text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
