package org.deconvnet.solve.greedy;

import java.util.Arrays;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.Shape;

/**
 * The places of an image's atoms, and the blocks of 2s x 2s of them that descent goes round. A
 * block in which nothing moves any more sleeps until a change within reach wakes it.
 */
final class PlaceGrid {
  private final int rows;
  private final int columns;
  private final boolean circular;
  private final int reach;
  private final int block;
  private final int blockColumns;
  private final boolean[] awake;

  /**
   * @param maps shape of the code
   * @param side s of the filters
   */
  PlaceGrid(Boundary boundary, Shape maps, int side) {
    this.rows = maps.height();
    this.columns = maps.width();
    this.circular = boundary == Boundary.CIRCULAR;
    this.reach = side - 1;
    this.block = 2 * side;
    this.blockColumns = (columns + block - 1) / block;
    this.awake = new boolean[(rows + block - 1) / block * blockColumns];
  }

  int places() {
    return rows * columns;
  }

  int columns() {
    return columns;
  }

  /** The row there is at a row number, which may lie outside; −1 for none. */
  int row(int row) {
    return inside(row, rows);
  }

  /** The column there is at a column number, which may lie outside; −1 for none. */
  int column(int column) {
    return inside(column, columns);
  }

  private int inside(int number, int count) {
    if (number >= 0 && number < count) {
      return number;
    }
    return circular ? Math.floorMod(number, count) : -1;
  }

  int blocks() {
    return awake.length;
  }

  boolean awake(int number) {
    return awake[number];
  }

  void wakeAll() {
    Arrays.fill(awake, true);
  }

  void sleep(int number) {
    awake[number] = false;
  }

  /** Wakes the blocks that an atom's change reaches. */
  void wakeAround(int row, int column) {
    int last = -1;
    for (int r = row - reach; r <= row + reach; r++) {
      int at = row(r);
      if (at >= 0 && at / block != last) {
        last = at / block;
        wakeInRow(last * blockColumns, column);
      }
    }
  }

  private void wakeInRow(int first, int column) {
    for (int c = column - reach; c <= column + reach; c++) {
      int at = column(c);
      if (at >= 0) {
        awake[first + at / block] = true;
      }
    }
  }

  /** The place in a block with the largest move; of equal ones the first. */
  int strongest(int number, float[] largest) {
    int firstRow = number / blockColumns * block;
    int firstColumn = number % blockColumns * block;
    int lastColumn = Math.min(firstColumn + block, columns);
    int best = firstRow * columns + firstColumn;
    for (int r = firstRow; r < Math.min(firstRow + block, rows); r++) {
      for (int p = r * columns + firstColumn; p < r * columns + lastColumn; p++) {
        // Not a number wins, and stays.
        if (!(largest[p] <= largest[best])) {
          best = p;
        }
      }
    }
    return best;
  }
}
