package org.deconvnet.tensor;

/**
 * Maps that are zero outside a rectangle: the rectangle's numbers, and where it lies. All maps are
 * cut to the same rows and columns. The numbers are shared, not copied. Thread-safe as long as
 * nobody writes to them.
 *
 * @param frame shape of the whole maps, (K, H, W)
 * @param top row of the frame that is the window's first
 * @param left column of the frame that is the window's first
 * @param values the window, (K, rows, columns)
 */
public record MapWindow(Shape frame, int top, int left, FeatureMaps values) {
  /**
   * @throws IllegalArgumentException if the window has other maps than the frame or leaves it
   */
  public MapWindow {
    Checks.equal("window: maps", frame.maps(), values.maps());
    requireInside("rows", top, values.height(), frame.height());
    requireInside("columns", left, values.width(), frame.width());
  }

  private static void requireInside(String what, int first, int count, int side) {
    if (first < 0 || first > side - count) {
      throw new IllegalArgumentException(
          "window: expected %s within 0 to %d, got %d to %d"
              .formatted(what, side - 1, first, first + count - 1));
    }
  }

  /** The rectangle of some maps that lies under this window's place, newly allocated. */
  public static MapWindow cut(FeatureMaps maps, int top, int left, int height, int width) {
    FeatureMaps values = FeatureMaps.zeros(new Shape(maps.maps(), height, width));
    MapWindow window = new MapWindow(maps.shape(), top, left, values);
    for (int k = 0; k < maps.maps(); k++) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            maps.data(), maps.index(k, top + y, left), values.data(), values.index(k, y, 0), width);
      }
    }
    return window;
  }

  /** Where an entry of the window lies in the whole maps, counted in (map, row, column) order. */
  public int frameIndex(int map, int row, int column) {
    return (map * frame.height() + top + row) * frame.width() + left + column;
  }

  /** The whole maps, zeros around the window, newly allocated. */
  public FeatureMaps whole() {
    FeatureMaps maps = FeatureMaps.zeros(frame);
    addTo(maps);
    return maps;
  }

  /** Adds the window to maps of the frame's shape. */
  public void addTo(FeatureMaps maps) {
    Checks.sameShape("window: maps to add to", frame, maps.shape());
    for (int k = 0; k < values.maps(); k++) {
      for (int y = 0; y < values.height(); y++) {
        int from = values.index(k, y, 0);
        int to = frameIndex(k, y, 0);
        for (int x = 0; x < values.width(); x++) {
          maps.data()[to + x] += values.data()[from + x];
        }
      }
    }
  }
}
