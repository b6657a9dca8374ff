package org.deconvnet.network.csc;

import org.deconvnet.dictionary.AtomShapes;
import org.deconvnet.dictionary.FilterInitializer;
import org.deconvnet.dictionary.UnitNorm;
import org.deconvnet.tensor.Connectivity;
import org.deconvnet.tensor.FilterBank;

/**
 * What learning starts from: random filters of unit norm, and Gaussian windows for maps without
 * penalty.
 */
final class StartingFilters {
  /** Standard deviation of a window, as a share of its side. */
  private static final double WIDTH = 0.2;

  private StartingFilters() {}

  static FilterBank draw(CodingOptions coding, int channels, long seed) {
    AtomShapes shapes = coding.shapes();
    Connectivity full = Connectivity.full(coding.maps(), channels);
    FilterBank filters = shapes.cut(FilterInitializer.gaussian(full, coding.side(), seed));
    for (int k = 0; k < filters.maps(); k++) {
      if (shapes.fixed(k)) {
        drawWindow(filters, k, shapes.side(k));
      }
      UnitNorm.scale(filters, k);
    }
    return filters;
  }

  private static void drawWindow(FilterBank filters, int map, int side) {
    for (int c = 0; c < filters.channels(); c++) {
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < side; j++) {
          filters.data()[filters.offset(map, c) + i * filters.side() + j] =
              (float) (gaussian(i, side) * gaussian(j, side));
        }
      }
    }
  }

  private static double gaussian(int i, int side) {
    double x = (i - (side - 1) / 2.0) / (WIDTH * side);
    return StrictMath.exp(-x * x / 2);
  }
}
