package org.deconvnet.describe;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/**
 * Places of some maps, each taken apart into row and column once for the many windows that ask.
 * Arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 */
final class SharedPlaces {
  private final Shape frame;
  private final int[] indices;
  private final int[] rows;
  private final int[] columns;

  /**
   * @param frame shape of the maps
   * @param indices counted in (map, row, column) order
   * @throws IllegalArgumentException if one leaves the frame
   */
  SharedPlaces(Shape frame, int[] indices) {
    this.frame = frame;
    this.indices = indices;
    rows = new int[indices.length];
    columns = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      Checks.between("activation responses: place", 0, frame.size() - 1, indices[i]);
      rows[i] = indices[i] % frame.plane() / frame.width();
      columns[i] = indices[i] % frame.width();
    }
  }

  Shape frame() {
    return frame;
  }

  int[] indices() {
    return indices;
  }

  int count() {
    return indices.length;
  }

  /** The map that a place lies in. */
  int map(int place) {
    return indices[place] / frame.plane();
  }

  int row(int place) {
    return rows[place];
  }

  int column(int place) {
    return columns[place];
  }
}
