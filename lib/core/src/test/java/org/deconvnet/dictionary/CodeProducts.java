package org.deconvnet.dictionary;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The products of one image's codes from their definition, Σ_n z_k(n+s−1−u) z_k′(n+s−1−u′), in
 * double precision: the oracle of {@link FilterStatistics}.
 */
final class CodeProducts {
  private final FeatureMaps z;
  private final int side;
  private final Shape image;

  /**
   * @param z codes, (K, H+s−1, W+s−1)
   */
  CodeProducts(FeatureMaps z, int side) {
    this.z = z;
    this.side = side;
    this.image = new Shape(1, z.height() - side + 1, z.width() - side + 1);
  }

  /** A of some maps, row by row, rows in (map, tap) order. */
  double[] matrix(int[] maps) {
    int taps = side * side;
    int n = maps.length * taps;
    double[] matrix = new double[n * n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        matrix[a * n + b] = product(maps[a / taps], a % taps, maps[b / taps], b % taps);
      }
    }
    return matrix;
  }

  private double product(int k, int u, int otherMap, int v) {
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += (double) met(k, u, y, x) * met(otherMap, v, y, x);
      }
    }
    return sum;
  }

  /** What tap u of a map's filter meets where it reconstructs pixel (y, x). */
  private float met(int map, int u, int y, int x) {
    return z.get(map, y + side - 1 - u / side, x + side - 1 - u % side);
  }
}
