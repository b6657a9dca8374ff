package org.deconvnet.solve.splitting;

import java.util.Arrays;
import org.deconvnet.operator.Boundary;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.SparseMaps;

/**
 * An image of any boundary as a part of a circular one, where convolutions are products of spectra.
 * Where atoms hang over the edges, the circular image has s − 1 rows and columns more, which are
 * not seen; where they lie inside, places whose atoms would wrap around have no coefficients.
 *
 * @param side s of the filters
 * @param image (C, H, W)
 * @param code (K, rows, columns) of the boundary
 */
record CircularPlaces(Boundary boundary, int side, Shape image, Shape code) {
  /** The circular image, (C, rows, columns); codes have its rows and columns. */
  Shape circular() {
    int more = boundary == Boundary.VALID ? side - 1 : 0;
    return new Shape(image.maps(), image.height() + more, image.width() + more);
  }

  /** Zero where atoms would wrap around and may not. */
  void keepAllowed(FeatureMaps z) {
    if (boundary != Boundary.FULL) {
      return;
    }
    for (int k = 0; k < z.maps(); k++) {
      for (int r = 0; r < z.height(); r++) {
        int from = r < code.height() ? code.width() : 0;
        Arrays.fill(z.data(), z.index(k, r, from), z.index(k, r, 0) + z.width(), 0);
      }
    }
  }

  /**
   * Which pixels of the circular image are seen, (1, rows, columns).
   *
   * @param mask (1, H, W) or null
   */
  FeatureMaps seen(FeatureMaps mask) {
    FeatureMaps seen = FeatureMaps.zeros(circular().withMaps(1));
    for (int r = 0; r < image.height(); r++) {
      for (int c = 0; c < image.width(); c++) {
        seen.set(0, r, c, mask == null || mask.get(0, r, c) != 0 ? 1 : 0);
      }
    }
    return seen;
  }

  /** The circular image, pixels that are not seen zero. */
  FeatureMaps target(FeatureMaps y, FeatureMaps seen) {
    FeatureMaps target = FeatureMaps.zeros(circular());
    for (int channel = 0; channel < y.maps(); channel++) {
      for (int r = 0; r < image.height(); r++) {
        for (int c = 0; c < image.width(); c++) {
          target.set(channel, r, c, seen.get(0, r, c) != 0 ? y.get(channel, r, c) : 0);
        }
      }
    }
    return target;
  }

  /** A code laid out on the circular places. */
  void layOut(SparseMaps from, FeatureMaps z) {
    z.fill(0);
    for (int e = 0; e < from.entries(); e++) {
      int column = from.index()[e] % code.width();
      z.set(from.map(e), circularRow(from.row(e)), circularColumn(column), from.values()[e]);
    }
  }

  /** The code of circular places. */
  SparseMaps gathered(FeatureMaps z) {
    FeatureMaps gathered = FeatureMaps.zeros(code);
    for (int k = 0; k < code.maps(); k++) {
      for (int r = 0; r < code.height(); r++) {
        for (int c = 0; c < code.width(); c++) {
          gathered.set(k, r, c, z.get(k, circularRow(r), circularColumn(c)));
        }
      }
    }
    return SparseMaps.of(gathered);
  }

  private int circularRow(int row) {
    return Math.floorMod(boundary.firstPixel(row, side), circular().height());
  }

  private int circularColumn(int column) {
    return Math.floorMod(boundary.firstPixel(column, side), circular().width());
  }
}
