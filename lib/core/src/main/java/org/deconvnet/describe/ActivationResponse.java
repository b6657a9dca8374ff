package org.deconvnet.describe;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.tensor.Shape;

/**
 * A {@link MapWindow} that is 0 but at some places of the whole maps: its rectangle, and a number
 * for each place in it. The numbers are shared, not copied. Thread-safe as long as nobody writes to
 * them.
 *
 * @param top row of the frame that is the window's first
 * @param left column of the frame that is the window's first
 * @param height its rows
 * @param width its columns
 * @param values in the order of the places that lie in it
 */
public record ActivationResponse(int top, int left, int height, int width, float[] values) {
  /** What a window of the places' frame has there. */
  static ActivationResponse of(MapWindow window, SharedPlaces places) {
    FeatureMaps maps = window.values();
    float[] values = new float[places.count()];
    ActivationResponse all =
        new ActivationResponse(window.top(), window.left(), maps.height(), maps.width(), values);
    int count = 0;
    for (int place = 0; place < places.count(); place++) {
      if (all.holds(places, place)) {
        values[count++] = maps.data()[all.index(places, place)];
      }
    }
    return new ActivationResponse(
        all.top, all.left, all.height, all.width, Arrays.copyOf(values, count));
  }

  /** The window itself, newly allocated; the places must be those it was made with. */
  MapWindow window(SharedPlaces places) {
    FeatureMaps maps = FeatureMaps.zeros(new Shape(places.frame().maps(), height, width));
    int next = 0;
    for (int place = 0; place < places.count(); place++) {
      if (holds(places, place)) {
        maps.data()[index(places, place)] = values[next++];
      }
    }
    return new MapWindow(places.frame(), top, left, maps);
  }

  /**
   * @throws IllegalArgumentException if there is not a number for each place in the rectangle
   */
  void requireValues(SharedPlaces places) {
    int inside = 0;
    for (int place = 0; place < places.count(); place++) {
      inside += holds(places, place) ? 1 : 0;
    }
    Checks.equal("activation responses: values of a window", inside, values.length);
  }

  private boolean holds(SharedPlaces places, int place) {
    int row = places.row(place) - top;
    int column = places.column(place) - left;
    return row >= 0 && row < height && column >= 0 && column < width;
  }

  /** Where a place lies in the window, in (map, row, column) order. */
  private int index(SharedPlaces places, int place) {
    return (places.map(place) * height + places.row(place) - top) * width
        + places.column(place)
        - left;
  }
}
