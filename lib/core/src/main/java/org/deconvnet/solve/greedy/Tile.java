package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.tensor.Shape;

/**
 * A rectangle of the places of an image's atoms.
 *
 * @param number row by row, from 0
 * @param row of the tile among tiles
 * @param column of the tile among tiles
 * @param firstRow of its places
 * @param firstColumn of its places
 * @param rows of places
 * @param columns of places
 * @param colour tiles of one colour share no pixel that an atom of theirs covers
 */
public record Tile(
    int number,
    int row,
    int column,
    int firstRow,
    int firstColumn,
    int rows,
    int columns,
    int colour)
    implements Serializable {

  /** How many places. */
  public int places() {
    return rows * columns;
  }

  /** Of the code that the tile owns, (K, rows, columns). */
  public Shape own(int maps) {
    return new Shape(maps, rows, columns);
  }

  /** Of the code whose atoms overlap the tile's: s − 1 places more on each side. */
  Shape around(int maps, int side) {
    return new Shape(maps, rows + 2 * (side - 1), columns + 2 * (side - 1));
  }
}
