package org.deconvnet.solve.greedy;

import java.util.Arrays;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * A code by place: at each place a chain of the coefficients that have ever left zero. Places are
 * counted row by row. Not thread-safe.
 */
public final class PlaceCode {
  private static final int NONE = -1;

  private final Shape shape;
  private final int[] first;
  private int[] places = new int[1024];
  private int[] maps = new int[1024];
  private int[] following = new int[1024];
  private float[] values = new float[1024];
  private int count;

  /**
   * All coefficients zero.
   *
   * @param shape (K, H, W) of the code
   */
  public PlaceCode(Shape shape) {
    this.shape = shape;
    this.first = new int[shape.plane()];
    Arrays.fill(first, NONE);
  }

  /** The same code. */
  public static PlaceCode of(SparseMaps code) {
    PlaceCode places = new PlaceCode(code.shape());
    places.setAll(code);
    return places;
  }

  /** Sets the coefficients that another code has; the others stay. */
  void setAll(SparseMaps code) {
    for (int e = 0; e < code.entries(); e++) {
      set(code.row(e) * shape.width() + code.column(e), code.map(e), code.values()[e]);
    }
  }

  /** Sets all coefficients back to zero. */
  void clear() {
    for (int e = 0; e < count; e++) {
      first[places[e]] = NONE;
    }
    count = 0;
  }

  /** The first link of a place's chain; negative if it has none. */
  public int first(int place) {
    return first[place];
  }

  /** The next link; negative after the last. */
  public int next(int link) {
    return following[link];
  }

  /** The map of a link. */
  public int map(int link) {
    return maps[link];
  }

  /** The coefficient of a link, perhaps zero by now. */
  public float value(int link) {
    return values[link];
  }

  /** A coefficient; zero for one that is in no chain. */
  float value(int place, int map) {
    int link = find(place, map);
    return link < 0 ? 0 : values[link];
  }

  void set(int place, int map, float value) {
    int link = find(place, map);
    if (link < 0) {
      link = append(place, map);
    }
    values[link] = value;
  }

  private int find(int place, int map) {
    int link = first[place];
    while (link >= 0 && maps[link] != map) {
      link = following[link];
    }
    return link;
  }

  private int append(int place, int map) {
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
      maps = Arrays.copyOf(maps, 2 * count);
      following = Arrays.copyOf(following, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    places[count] = place;
    maps[count] = map;
    following[count] = first[place];
    first[place] = count;
    return count++;
  }

  /** The coefficients that are not zero now. */
  SparseMaps sparse() {
    long[] order = new long[count];
    int kept = 0;
    for (int e = 0; e < count; e++) {
      if (values[e] != 0) {
        order[kept++] = (long) (maps[e] * shape.plane() + places[e]) << Integer.SIZE | e;
      }
    }
    Arrays.sort(order, 0, kept);
    int[] index = new int[kept];
    float[] sorted = new float[kept];
    for (int i = 0; i < kept; i++) {
      index[i] = (int) (order[i] >> Integer.SIZE);
      sorted[i] = values[(int) order[i]];
    }
    return new SparseMaps(shape, index, sorted);
  }
}
