package org.deconvnet.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The first rows of a DataFrame as texts, cut to what a page has room for. */
record RowTable(List<String> names, List<List<String>> rows, boolean more) {
  private static final int MOST_ROWS = 10;
  private static final int MOST_CHARACTERS = 48;

  /** Runs a Spark job for the first rows. */
  static RowTable of(Dataset<?> dataset) {
    List<Row> first = dataset.toDF().limit(MOST_ROWS + 1).collectAsList();
    List<List<String>> rows = new ArrayList<>();
    for (Row row : first.subList(0, Math.min(MOST_ROWS, first.size()))) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        cells.add(cut(text(row.get(i))));
      }
      rows.add(cells);
    }
    return new RowTable(List.of(dataset.columns()), rows, first.size() > MOST_ROWS);
  }

  private static String text(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    if (value instanceof Double || value instanceof Float) {
      return String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue());
    }
    return value instanceof Object[] values ? Arrays.toString(values) : String.valueOf(value);
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
  }

  String html() {
    StringBuilder out = new StringBuilder("<table>\n").append(line("th", names));
    rows.forEach(row -> out.append(line("td", row)));
    return out.append("</table>\n").append(more ? "<p>and more rows</p>\n" : "").toString();
  }

  private static String line(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<%s>%s</%s>".formatted(tag, escape(cell), tag))
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  String text() {
    StringBuilder out = new StringBuilder(String.join(" | ", names)).append('\n');
    rows.forEach(row -> out.append(String.join(" | ", row)).append('\n'));
    return out.append(more ? "and more rows\n" : "").toString();
  }
}
