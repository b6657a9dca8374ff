package org.deconvnet.describe;

import org.deconvnet.tensor.FeatureMaps;

/** One descriptor as its formula says, over every pixel of the map, in double precision. */
final class DescriptorOracle {
  private DescriptorOracle() {}

  static float[] describe(
      FeatureMaps maps, DescriptorGrid grid, int n, int margin, DescriptorOptions options) {
    double top = grid.rows()[n / grid.columns().length] + margin / 2;
    double left = grid.columns()[n % grid.columns().length] + margin / 2;
    double[] cells = new double[grid.dimension()];
    int next = 0;
    for (int c = 0; c < maps.maps(); c++) {
      for (int i = 0; i < options.cells(); i++) {
        for (int j = 0; j < options.cells(); j++) {
          double s = options.cellSize();
          cells[next++] = cell(maps, c, top + (i + 0.5) * s, left + (j + 0.5) * s, s);
        }
      }
    }
    return normalised(cells, options.clip());
  }

  private static double cell(FeatureMaps maps, int c, double y0, double x0, double s) {
    double sum = 0;
    for (int y = 0; y < maps.height(); y++) {
      for (int x = 0; x < maps.width(); x++) {
        double weight = triangle((y + 0.5 - y0) / s) * triangle((x + 0.5 - x0) / s);
        sum += weight * Math.abs(maps.get(c, y, x));
      }
    }
    return sum;
  }

  private static double triangle(double a) {
    return Math.max(0, 1 - Math.abs(a));
  }

  private static float[] normalised(double[] cells, double clip) {
    float[] result = new float[cells.length];
    double norm = norm(cells);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Math.min(clip, cells[i] / norm);
    }
    double again = norm(cells);
    for (int i = 0; i < cells.length; i++) {
      result[i] = (float) (cells[i] / again);
    }
    return result;
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }
}
