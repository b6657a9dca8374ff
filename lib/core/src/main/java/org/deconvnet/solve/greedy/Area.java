package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.tensor.Shape;

/**
 * A rectangle of places.
 *
 * @param firstRow may be negative, where an image is circular or places lie outside of it
 * @param firstColumn likewise
 */
public record Area(int firstRow, int firstColumn, int rows, int columns) implements Serializable {
  /** How many places. */
  public int places() {
    return rows * columns;
  }

  /** Of a code of K maps here, (K, rows, columns). */
  public Shape code(int maps) {
    return new Shape(maps, rows, columns);
  }

  Area grown(int by) {
    return new Area(firstRow - by, firstColumn - by, rows + 2 * by, columns + 2 * by);
  }
}
