package org.deconvnet.solve.greedy;

import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The pixels of the atoms that a tile may change. Within them its code is that of a {@link
 * Boundary#FULL} image, whatever the boundary: pixels outside of the image are hidden, and a
 * circular image goes on beyond its edges. Only a single tile of a {@link Boundary#CIRCULAR} image
 * is circular itself.
 */
public record TileWindows(Tiling tiling) {
  /** What a tile's code is laid out in. */
  Boundary within() {
    return circularWhole() ? Boundary.CIRCULAR : Boundary.FULL;
  }

  private boolean circularWhole() {
    return circular() && tiling.count() == 1;
  }

  private boolean circular() {
    return tiling.boundary() == Boundary.CIRCULAR;
  }

  /** Pixels of an atom after its first, which a window has beyond its places. */
  private int ahead() {
    return circularWhole() ? 0 : tiling.side() - 1;
  }

  /** (C, H, W) of a tile's window. */
  private Shape shape(Tile tile, int channels) {
    return new Shape(channels, tile.reach().rows() + ahead(), tile.reach().columns() + ahead());
  }

  /**
   * A tile's window; zero outside of the image.
   *
   * @param image (C, H, W)
   */
  public FeatureMaps of(FeatureMaps image, Tile tile) {
    FeatureMaps window = FeatureMaps.zeros(shape(tile, image.maps()));
    for (int r = 0; r < window.height(); r++) {
      int row = pixel(tile.reach().firstRow() + r, tiling.height());
      for (int x = 0; x < window.width() && row >= 0; x++) {
        int column = pixel(tile.reach().firstColumn() + x, tiling.width());
        for (int c = 0; c < image.maps() && column >= 0; c++) {
          window.set(c, r, x, image.get(c, row, column));
        }
      }
    }
    return window;
  }

  /** (1, H, W) of a tile's window, 0 outside of the image; null if it lies within. */
  FeatureMaps mask(Tile tile) {
    FeatureMaps mask = FeatureMaps.zeros(shape(tile, 1));
    boolean inside = true;
    for (int r = 0; r < mask.height(); r++) {
      int row = pixel(tile.reach().firstRow() + r, tiling.height());
      for (int c = 0; c < mask.width(); c++) {
        boolean seen = row >= 0 && pixel(tile.reach().firstColumn() + c, tiling.width()) >= 0;
        mask.set(0, r, c, seen ? 1 : 0);
        inside &= seen;
      }
    }
    return inside ? null : mask;
  }

  /** The pixel on which the atom at a place begins; −1 outside of the image. */
  private int pixel(int place, int pixels) {
    int pixel = tiling.boundary().firstPixel(place, tiling.side());
    if (circular()) {
      return Math.floorMod(pixel, pixels);
    }
    return pixel < pixels ? Math.max(pixel, -1) : -1;
  }

  /** Over the pixels that the tile counts, so that all tiles together count each pixel once. */
  double dot(Tile tile, FeatureMaps a, FeatureMaps b) {
    Area own = tile.own();
    int top = own.firstRow() - tile.reach().firstRow();
    int left = own.firstColumn() - tile.reach().firstColumn();
    Shape places = tiling.code(1);
    int bottom = top + own.rows() + behind(own.firstRow() + own.rows(), places.height());
    int right = left + own.columns() + behind(own.firstColumn() + own.columns(), places.width());
    double sum = 0;
    for (int c = 0; c < a.maps(); c++) {
      for (int r = top; r < bottom; r++) {
        for (int x = left; x < right; x++) {
          sum += (double) a.get(c, r, x) * b.get(c, r, x);
        }
      }
    }
    return sum;
  }

  /** The last tile counts what the last places' atoms cover, too. */
  private int behind(int end, int places) {
    return end == places && !circular() ? ahead() : 0;
  }
}
