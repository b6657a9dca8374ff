package org.deconvnet.solve.greedy;

import java.util.Arrays;
import java.util.List;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * An image's code, tile by tile, the objective's parts at it, and how good it is.
 *
 * @param codes one a tile, by number, at the places that the tile owns
 * @param rounds that it took
 */
public record TiledCode(
    Tiling tiling, List<SparseMaps> codes, CodeTrace trace, Certificate certificate, int rounds) {
  public TiledCode {
    codes = List.copyOf(codes);
  }

  /** Takes one coefficient. */
  public interface Taking {
    void take(int map, int row, int column, float value);
  }

  /** Each coefficient that is not zero, tile by tile, at its row and column in the image's code. */
  public void forEach(Taking taking) {
    for (Tile tile : tiling.tiles()) {
      SparseMaps code = codes.get(tile.number());
      for (int e = 0; e < code.entries(); e++) {
        taking.take(
            code.map(e),
            tile.own().firstRow() + code.row(e),
            tile.own().firstColumn() + code.column(e),
            code.values()[e]);
      }
    }
  }

  /**
   * As one code.
   *
   * @throws org.deconvnet.tensor.UserErrorException if the code as a whole has more places than an
   *     index can count; {@link #forEach} takes any
   */
  public SparseMaps assembled() {
    Shape shape = tiling.code(codes.get(0).shape().maps());
    int entries = codes.stream().mapToInt(SparseMaps::entries).sum();
    // Index above, value's bits below: sorted together, since no index comes twice.
    long[] both = new long[entries];
    int[] next = {0};
    forEach(
        (map, row, column, value) -> {
          long index = ((long) map * shape.height() + row) * shape.width() + column;
          both[next[0]++] =
              index << Integer.SIZE | Integer.toUnsignedLong(Float.floatToIntBits(value));
        });
    Arrays.sort(both);
    int[] index = new int[entries];
    float[] values = new float[entries];
    for (int e = 0; e < entries; e++) {
      index[e] = (int) (both[e] >> Integer.SIZE);
      values[e] = Float.intBitsToFloat((int) both[e]);
    }
    return new SparseMaps(shape, index, values);
  }
}
