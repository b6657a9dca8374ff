package org.deconvnet.dictionary;

import java.io.Serializable;
import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;

/**
 * Which taps of a bank's filters are there: smaller filters lie in the upper left corner of the
 * bank's planes, zeros around them, so that one bank holds filters of several sizes. A filter that
 * is fixed is not learned. Immutable.
 */
public final class AtomShapes implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] sides;
  private final boolean[] fixed;

  /**
   * @param sides rows and columns of each map's filter
   * @param fixed maps whose filter stays as it is
   */
  public AtomShapes(int[] sides, boolean[] fixed) {
    Checks.equal("atom shapes: maps", sides.length, fixed.length);
    this.sides = sides.clone();
    this.fixed = fixed.clone();
  }

  /** All filters fill their planes, and are learned. */
  public static AtomShapes whole(FilterBank filters) {
    int[] sides = new int[filters.maps()];
    Arrays.fill(sides, filters.side());
    return new AtomShapes(sides, new boolean[sides.length]);
  }

  public int maps() {
    return sides.length;
  }

  /** Rows and columns of a map's filter. */
  public int side(int map) {
    return sides[map];
  }

  /** Rows and columns of the largest filter: the bank's. */
  public int largestSide() {
    return Arrays.stream(sides).max().orElse(0);
  }

  public boolean fixed(int map) {
    return fixed[map];
  }

  /**
   * Whether a map's filter has a tap.
   *
   * @param tap counted in (channel, row, column) order of a plane's side
   */
  boolean has(int map, int tap, int planeSide) {
    int inPlane = tap % (planeSide * planeSide);
    return inPlane / planeSide < sides[map] && inPlane % planeSide < sides[map];
  }

  /** Whether a bank's filter is zero wherever it has no taps. */
  public boolean holds(FilterBank filters, int map) {
    int taps = filters.channels() * filters.side() * filters.side();
    for (int t = 0; t < taps; t++) {
      if (!has(map, t, filters.side()) && filters.data()[filters.offset(map, 0) + t] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Zeros where filters have no taps; changes the bank. */
  public FilterBank cut(FilterBank filters) {
    Checks.equal("atom shapes: maps", maps(), filters.maps());
    int taps = filters.channels() * filters.side() * filters.side();
    for (int k = 0; k < maps(); k++) {
      for (int t = 0; t < taps; t++) {
        if (!has(k, t, filters.side())) {
          filters.data()[filters.offset(k, 0) + t] = 0;
        }
      }
    }
    return filters;
  }
}
