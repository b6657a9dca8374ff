package org.deconvnet.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deconvnet.tensor.Shape;

/**
 * A sparse code as {@code scipy.sparse.load_npz} reads it: an NPZ archive of a COO matrix, rows the
 * maps, columns the places (row · width + column). The array {@code maps} beside it holds the
 * code's own shape, (maps, rows, columns). Stateless.
 */
public final class NpzCode {
  private static final String WHOLE = "<i4";
  private static final String LONG = "<i8";

  private NpzCode() {}

  /**
   * @param index where the non-zeros lie, counted in (map, row, column) order
   * @param values one a non-zero
   * @param out is not closed
   */
  public static void write(OutputStream out, Shape shape, int[] index, float[] values)
      throws IOException {
    int[] row = new int[index.length];
    int[] column = new int[index.length];
    for (int e = 0; e < index.length; e++) {
      row[e] = index[e] / shape.plane();
      column[e] = index[e] % shape.plane();
    }
    write(out, shape.maps(), shape.withMaps(1), row, column, values);
  }

  /**
   * A code of any size, whose entries one index could not count.
   *
   * @param map (1, rows, columns) of a map
   * @param row of the matrix, for each non-zero: its map
   * @param column of the matrix, for each non-zero: its place in the map
   */
  public static void write(
      OutputStream out, int maps, Shape map, int[] row, int[] column, float[] values)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    wholes(zip, "row", row);
    wholes(zip, "col", column);
    begin(zip, "data");
    NpyFormat.write(zip, values, values.length);
    begin(zip, "shape");
    NpyFormat.begin(zip, LONG, 2);
    ByteBuffer sizes = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    zip.write(sizes.putLong(maps).putLong(map.plane()).array());
    begin(zip, "format");
    NpyFormat.begin(zip, "|S3");
    zip.write("coo".getBytes(StandardCharsets.US_ASCII));
    wholes(zip, "maps", maps, map.height(), map.width());
    zip.finish();
  }

  private static void wholes(ZipOutputStream zip, String name, int... numbers) throws IOException {
    begin(zip, name);
    NpyFormat.begin(zip, WHOLE, numbers.length);
    ByteBuffer all =
        ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : numbers) {
      all.putInt(number);
    }
    zip.write(all.array());
  }

  /** The same bytes for the same code, whenever it is written. */
  private static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTime(0);
    zip.putNextEntry(entry);
  }
}
