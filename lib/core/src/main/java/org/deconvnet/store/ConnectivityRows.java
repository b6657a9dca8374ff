package org.deconvnet.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import org.deconvnet.tensor.Connectivity;

/**
 * A connectivity table in JSON: a string a map, in it a digit a channel, 1 where they are joined.
 */
public final class ConnectivityRows {
  private ConnectivityRows() {}

  public static void write(Connectivity connectivity, ArrayNode rows) {
    for (int k = 0; k < connectivity.maps(); k++) {
      StringBuilder row = new StringBuilder();
      for (int c = 0; c < connectivity.channels(); c++) {
        row.append(connectivity.connects(k, c) ? '1' : '0');
      }
      rows.add(row.toString());
    }
  }

  /**
   * @throws IOException if the table is not of this size or holds anything but 0 and 1
   */
  public static Connectivity read(JsonNode rows, int maps, int channels, String what)
      throws IOException {
    if (rows.size() != maps) {
      throw new IOException(
          "%s: expected %d rows of connectivity in the metadata, one a map, got %d"
              .formatted(what, maps, rows.size()));
    }
    // Rows are as long as the metadata's own text, whatever sizes it states.
    boolean[][] table = new boolean[maps][];
    for (int k = 0; k < maps; k++) {
      table[k] =
          row(rows.path(k).asText(), channels, "%s: connectivity of map %d".formatted(what, k));
    }
    return Connectivity.of(table);
  }

  private static boolean[] row(String digits, int channels, String what) throws IOException {
    boolean[] row = new boolean[digits.length()];
    for (int c = 0; c < row.length; c++) {
      row[c] = digits.charAt(c) == '1';
      if (!row[c] && digits.charAt(c) != '0') {
        throw new IOException("%s: expected digits 0 and 1, got %s".formatted(what, digits));
      }
    }
    if (row.length != channels) {
      throw new IOException(
          "%s: expected %d digits, one a channel, got %d".formatted(what, channels, row.length));
    }
    return row;
  }
}
