package org.deconvnet.solve.greedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;

/**
 * Dᵀ r with all maps of a place next to each other. Goes through the engine a few maps at a time,
 * so that it holds no second code. Not thread-safe.
 */
final class PlaceAdjoint {
  private static final int MAPS_AT_ONCE = 8;

  private final ConvolutionEngine engine;
  private final Boundary boundary;
  private final FilterBank filters;
  private final List<FilterBank> parts = new ArrayList<>();
  private FeatureMaps hanging;

  PlaceAdjoint(ConvolutionEngine engine, FilterBank filters, Boundary boundary) {
    this.engine = engine;
    this.filters = filters;
    this.boundary = boundary;
    int numbers = filters.channels() * filters.side() * filters.side();
    for (int k = 0; k < filters.maps(); k += MAPS_AT_ONCE) {
      int last = Math.min(k + MAPS_AT_ONCE, filters.maps());
      float[] data = Arrays.copyOfRange(filters.data(), k * numbers, last * numbers);
      Connectivity all = Connectivity.full(last - k, filters.channels());
      parts.add(FilterBank.of(all, filters.side(), data));
    }
  }

  /**
   * @param r (C, H, W)
   * @param maps numbers a place has
   * @param out (place, map); numbers beyond the last place stay as they are
   */
  void apply(FeatureMaps r, int maps, float[] out) {
    Shape code = boundary.maps(filters, r.shape());
    Arrays.fill(out, 0, code.plane() * maps, 0);
    int first = 0;
    for (FilterBank part : parts) {
      Shape shape = part.mapShape(r.shape());
      if (hanging == null || !hanging.shape().equals(shape)) {
        hanging = FeatureMaps.zeros(shape);
      }
      engine.adjoint(part, r, hanging);
      gather(r.shape(), code.width(), maps, first, out);
      first += part.maps();
    }
  }

  private void gather(Shape image, int columns, int maps, int first, float[] out) {
    int side = filters.side();
    for (int r = 0; r < hanging.height(); r++) {
      int row = boundary.place(r - (side - 1), image.height(), side);
      for (int c = 0; c < hanging.width() && row >= 0; c++) {
        int column = boundary.place(c - (side - 1), image.width(), side);
        if (column >= 0) {
          add(r * hanging.width() + c, out, (row * columns + column) * maps + first);
        }
      }
    }
  }

  private void add(int from, float[] out, int to) {
    int plane = hanging.shape().plane();
    float[] data = hanging.data();
    for (int k = 0; k < hanging.maps(); k++) {
      out[to + k] += data[from + k * plane];
    }
  }
}
