package org.deconvnet.dictionary;

import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * What a sum of products over the image gains when both taps move on by a line: the products of the
 * line of the maps that they enter, less those of the line that they leave. All such lines lie
 * within s − 1 of an edge. Lines of opposite edges stand side by side here, those that are left
 * with a minus, so that one filter gradient makes all differences of a map. Keeps copies of the
 * edges and the results. Not thread-safe.
 */
final class WindowMoves {
  private final ConvolutionEngine engine;
  private final int side;
  private final FeatureMaps maps;
  private final int height;
  private final int width;
  private final FeatureMaps topAndBottom;
  private final FeatureMaps rows;
  private final FilterBank rowGains;
  private final FeatureMaps leftAndRight;
  private final FeatureMaps columns;
  private final FilterBank columnGains;

  /**
   * @param side s of the filters, at least 2
   * @param maps (m, H+s−1, W+s−1), shared
   */
  WindowMoves(ConvolutionEngine engine, int side, FeatureMaps maps) {
    this.engine = engine;
    this.side = side;
    this.maps = maps;
    int count = maps.maps();
    int lines = side - 1;
    height = maps.height() - lines;
    width = maps.width() - lines;
    topAndBottom = FeatureMaps.zeros(new Shape(count, side, 2 * maps.width()));
    rows = FeatureMaps.zeros(new Shape(lines * side, 1, maps.width() + width));
    rowGains = FilterBank.zeros(Connectivity.full(count, lines * side), side);
    leftAndRight = FeatureMaps.zeros(new Shape(count, 2 * maps.height(), side));
    columns = FeatureMaps.zeros(new Shape(lines, maps.height() + height, 1));
    columnGains = FilterBank.zeros(Connectivity.full(count, lines), side);
  }

  /** Takes the maps as they are now. */
  void start() {
    int lines = side - 1;
    MapBlock top = new MapBlock(0, 0, lines, maps.width());
    MapBlock bottom = new MapBlock(height, 0, lines, maps.width());
    MapBlock left = new MapBlock(0, 0, maps.height(), lines);
    MapBlock right = new MapBlock(0, width, maps.height(), lines);
    for (int k = 0; k < maps.maps(); k++) {
      top.copy(maps, k, 1, topAndBottom, topAndBottom.index(k, 0, 0));
      bottom.copy(maps, k, 1, topAndBottom, topAndBottom.index(k, 0, maps.width()));
      left.copy(maps, k, 1, leftAndRight, leftAndRight.index(k, 0, 0));
      right.copy(maps, k, 1, leftAndRight, leftAndRight.index(k, maps.height(), 0));
    }
  }

  /**
   * A[(k,i−1,j),(k′,i′−1,j′)] − A[(k,i,j),(k′,i′,j′)] for i and i′ from 1 on. Overwritten by the
   * next call.
   *
   * @return (k′, (i−1, j), i′, j′)
   */
  FilterBank rowGains(int k) {
    for (int i = 1; i < side; i++) {
      for (int j = 0; j < side; j++) {
        int channel = (i - 1) * side + j;
        int row = side - 1 - i;
        int column = side - 1 - j;
        new MapBlock(row, column, 1, width).copy(maps, k, -1, rows, rows.index(channel, 0, 0));
        new MapBlock(row + height, column, 1, width)
            .copy(maps, k, 1, rows, rows.index(channel, 0, maps.width()));
      }
    }
    engine.filterGradient(topAndBottom, rows, rowGains);
    return rowGains;
  }

  /**
   * A[(k,s−1,j−1),(k′,i′,j′−1)] − A[(k,s−1,j),(k′,i′,j′)] for j and j′ from 1 on. Overwritten by
   * the next call.
   *
   * @return (k′, j−1, i′, j′)
   */
  FilterBank columnGains(int k) {
    for (int j = 1; j < side; j++) {
      int column = side - 1 - j;
      new MapBlock(0, column, height, 1).copy(maps, k, -1, columns, columns.index(j - 1, 0, 0));
      new MapBlock(0, column + width, height, 1)
          .copy(maps, k, 1, columns, columns.index(j - 1, maps.height(), 0));
    }
    engine.filterGradient(leftAndRight, columns, columnGains);
    return columnGains;
  }
}
