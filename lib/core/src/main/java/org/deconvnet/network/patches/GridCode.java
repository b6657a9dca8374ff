package org.deconvnet.network.patches;

import java.util.List;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/** Codes of bands of a grid's rows, put together at their windows' places in an image's maps. */
final class GridCode {
  private final WindowGrid grid;
  private final Shape maps;
  private final int[] index;
  private final float[] values;
  private int count;

  private GridCode(WindowGrid grid, Shape maps, int entries) {
    this.grid = grid;
    this.maps = maps;
    this.index = new int[entries];
    this.values = new float[entries];
  }

  /**
   * @param bands from the grid's first row to its last, each (words, its rows, the grid's columns)
   */
  static SparseMaps of(WindowGrid grid, int words, List<SparseMaps> bands) {
    int entries = bands.stream().mapToInt(SparseMaps::entries).sum();
    GridCode code = new GridCode(grid, grid.maps(words), entries);
    int[] next = new int[bands.size()];
    for (int k = 0; k < words; k++) {
      int firstRow = 0;
      for (int b = 0; b < next.length; b++) {
        next[b] = code.add(bands.get(b), next[b], k, firstRow);
        firstRow += bands.get(b).shape().height();
      }
    }
    return new SparseMaps(code.maps, code.index, code.values);
  }

  /** Adds a band's entries of one map; returns the first entry of the next map. */
  private int add(SparseMaps band, int from, int map, int firstRow) {
    int e = from;
    for (; e < band.entries() && band.map(e) == map; e++) {
      int row = grid.rows()[firstRow + band.row(e)];
      int column = grid.columns()[band.column(e)];
      index[count] = (map * maps.height() + row) * maps.width() + column;
      values[count++] = band.values()[e];
    }
    return e;
  }
}
