package org.deconvnet.solve.greedy;

import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.FeatureMaps;

/** Which pixels of an atom are seen: those in the image that no mask hides. */
final class Sight {
  private final Boundary boundary;
  private final int side;
  private final int height;
  private final int width;
  private final FeatureMaps mask;

  /**
   * @param mask (1, H, W), 0 for a hidden pixel; null if none is
   */
  Sight(Boundary boundary, int side, int height, int width, FeatureMaps mask) {
    this.boundary = boundary;
    this.side = side;
    this.height = height;
    this.width = width;
    this.mask = mask;
  }

  /** How many pixels of the atom at a place are not seen. */
  int unseen(int row, int column) {
    int top = boundary.firstPixel(row, side);
    int left = boundary.firstPixel(column, side);
    boolean within = boundary == Boundary.CIRCULAR || (within(top, height) && within(left, width));
    if (mask == null && within) {
      return 0;
    }
    int count = 0;
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        count += sees(row, column, i, j) ? 0 : 1;
      }
    }
    return count;
  }

  private boolean within(int first, int pixels) {
    return first >= 0 && first + side <= pixels;
  }

  /** Whether tap (i, j) of the atom at a place falls on a pixel that is seen. */
  boolean sees(int row, int column, int i, int j) {
    int pixelRow = boundary.firstPixel(row, side) + i;
    int pixelColumn = boundary.firstPixel(column, side) + j;
    if (boundary == Boundary.CIRCULAR) {
      pixelRow %= height;
      pixelColumn %= width;
    } else if (pixelRow < 0 || pixelRow >= height || pixelColumn < 0 || pixelColumn >= width) {
      return false;
    }
    return mask == null || mask.get(0, pixelRow, pixelColumn) != 0;
  }
}
