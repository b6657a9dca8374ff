package org.deconvnet.solve.greedy;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.CoordinateState;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * The gradient Dᵀ M (y − D z) at all places, and how far each place would move, kept up to date
 * while a code changes. For images of one shape. Not thread-safe.
 */
final class PlaceGradient {
  private static final int PLACES_AT_ONCE = 32;

  private final ArrayKernels kernels;
  private final AtomProducts products;
  private final PlaceAdjoint adjoint;
  private final PlaceGrid grid;
  private final PlaceCode code;
  private final CoordinateState state;
  private final float[] nothing;
  private Sight sight;

  /**
   * @param bounds κ, one a map; infinite for what fills the maps up
   * @param code the one that changes
   */
  PlaceGradient(
      ArrayKernels kernels,
      AtomProducts products,
      PlaceAdjoint adjoint,
      float[] bounds,
      boolean nonNegative,
      PlaceGrid grid,
      PlaceCode code) {
    this.kernels = kernels;
    this.products = products;
    this.adjoint = adjoint;
    this.grid = grid;
    this.code = code;
    int numbers = new Shape(products.maps(), grid.places() / grid.columns(), grid.columns()).size();
    this.state =
        new CoordinateState(new float[numbers], bounds, nonNegative, new float[grid.places()]);
    this.nothing = new float[PLACES_AT_ONCE * products.maps()];
  }

  /**
   * Starts from the code as it stands.
   *
   * @param residual M (y − D z)
   */
  void start(FeatureMaps residual, Sight newSight) {
    sight = newSight;
    adjoint.apply(residual, state.maps(), state.gradient());
    for (int p = 0; p < grid.places(); p += PLACES_AT_ONCE) {
      follow(0, nothing, 0, p, Math.min(PLACES_AT_ONCE, grid.places() - p));
    }
  }

  CoordinateState state() {
    return state;
  }

  float at(int place, int map) {
    return state.gradient()[place * state.maps() + map];
  }

  /** How far each place would move, one a place; shared. */
  float[] moves() {
    return state.largest();
  }

  /** How far the place would move that would move most. */
  double largestMove() {
    float largest = 0;
    for (int p = 0; p < grid.places(); p++) {
      largest = Math.max(largest, state.largest()[p]);
    }
    return largest;
  }

  /** The map whose coefficient at a place a proximal step would move most. */
  int strongestMap(int place) {
    int at = place * state.maps();
    int strongest = 0;
    float most = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < products.filters().maps(); k++) {
      float move = state.moveFromZero(at, k);
      if (move > most) {
        most = move;
        strongest = k;
      }
    }
    for (int e = code.first(place); e >= 0; e = code.next(e)) {
      float move = state.move(at, code.map(e), code.value(e));
      if (move > most) {
        most = move;
        strongest = code.map(e);
      }
    }
    return strongest;
  }

  /** ‖M d_k‖², as far as the atom at a place is seen. */
  double squaredNorm(int k, int row, int column) {
    if (sight.unseen(row, column) == 0) {
      return products.squaredNorm(k);
    }
    FilterBank filters = products.filters();
    double norm = 0;
    for (int c = 0; c < filters.channels(); c++) {
      for (int i = 0; i < filters.side(); i++) {
        for (int j = 0; j < filters.side(); j++) {
          if (sight.sees(row, column, i, j)) {
            double tap = products.tap(k, c, i, j);
            norm += tap * tap;
          }
        }
      }
    }
    return norm;
  }

  /** The gradient follows a change of the atom at a place by −{@code change}. */
  void follow(float change, int k, int row, int column) {
    int side = products.side();
    int taps = side * side;
    int unseen = sight.unseen(row, column);
    boolean fewSeen = taps - unseen < unseen;
    if (!fewSeen) {
      int reach = side - 1;
      spread(change, products.table(k), row - reach, column - reach, 2 * reach + 1);
    }
    if (unseen > 0) {
      followPixels(fewSeen ? change : -change, k, row, column, fewSeen);
    }
  }

  private void followPixels(float change, int k, int row, int column, boolean seen) {
    int side = products.side();
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        if (sight.sees(row, column, i, j) != seen) {
          continue;
        }
        for (int c = 0; c < products.filters().channels(); c++) {
          float pixel = change * products.tap(k, c, i, j);
          spread(pixel, products.overPixel(c), row + i - side + 1, column + j - side + 1, side);
        }
      }
    }
  }

  /** Adds to the gradient on a square of places. */
  private void spread(float change, float[] table, int top, int left, int side) {
    for (int i = 0; i < side; i++) {
      int row = grid.row(top + i);
      if (row < 0) {
        continue;
      }
      for (int j = 0; j < side; ) {
        int column = grid.column(left + j);
        if (column < 0) {
          j++;
          continue;
        }
        int count = Math.min(side - j, grid.columns() - column);
        int from = (i * side + j) * state.maps();
        follow(change, table, from, row * grid.columns() + column, count);
        j += count;
      }
    }
  }

  private void follow(float change, float[] table, int from, int place, int count) {
    kernels.descend(state, change, table, from, place, count);
    float[] largest = state.largest();
    for (int p = place; p < place + count; p++) {
      for (int e = code.first(p); e >= 0; e = code.next(e)) {
        float move = state.move(p * state.maps(), code.map(e), code.value(e));
        largest[p] = Math.max(largest[p], move);
      }
    }
  }
}
