package org.deconvnet.network.patches;

import java.util.stream.IntStream;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * The windows of an image: those of the first rows and columns, then one every {@code step}, and
 * the last ones there are, so that they cover the image. Windows outside the grid have places in
 * maps, too: a map has one for each of (H − s + 1) x (W − s + 1), whose row and column are those of
 * the window's first pixel.
 *
 * @param image (C, H, W)
 * @param side rows and columns of a window, s
 * @param rows first rows of the grid's windows, ascending
 * @param columns first columns, ascending
 */
record WindowGrid(Shape image, int side, int[] rows, int[] columns) {
  /**
   * @throws UserErrorException if the image is smaller than a window
   */
  static WindowGrid of(Shape image, int side, int step) {
    Boundary.FULL.requireRoom(side, image);
    return new WindowGrid(
        image, side, starts(image.height() - side, step), starts(image.width() - side, step));
  }

  private static int[] starts(int last, int step) {
    return IntStream.concat(
            IntStream.rangeClosed(0, last / step).map(i -> i * step),
            last % step == 0 ? IntStream.empty() : IntStream.of(last))
        .toArray();
  }

  /** Windows in the grid. */
  int windows() {
    return rows.length * columns.length;
  }

  /** Shape of a code's maps, (words, H − s + 1, W − s + 1). */
  Shape maps(int words) {
    return new Shape(words, image.height() - side + 1, image.width() - side + 1);
  }

  /** In how many windows each pixel lies, (1, H, W). */
  FeatureMaps cover() {
    int[] byRow = cover(rows, image.height());
    int[] byColumn = cover(columns, image.width());
    FeatureMaps cover = FeatureMaps.zeros(image.withMaps(1));
    for (int y = 0; y < byRow.length; y++) {
      for (int x = 0; x < byColumn.length; x++) {
        cover.set(0, y, x, byRow[y] * byColumn[x]);
      }
    }
    return cover;
  }

  private int[] cover(int[] starts, int pixels) {
    int[] cover = new int[pixels];
    for (int start : starts) {
      for (int i = 0; i < side; i++) {
        cover[start + i]++;
      }
    }
    return cover;
  }
}
