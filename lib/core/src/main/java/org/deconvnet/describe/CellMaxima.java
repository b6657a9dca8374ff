package org.deconvnet.describe;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The largest magnitude of each map in each cell of a grid: max pooling of codes, as after sparse
 * coding (Yang, Yu, Gong and Huang, CVPR 2009). Images of any size give as many numbers, in (map,
 * cell row, cell column) order. A cell between two rows or columns of a small map is 0. Immutable
 * and thread-safe.
 *
 * @param grid cells along one side of the image, at least 1
 */
public record CellMaxima(int grid) implements Serializable {
  public CellMaxima {
    Checks.atLeast("cells along a side", 1, grid);
  }

  /** Maps × grid × grid numbers. */
  public float[] of(FeatureMaps maps) {
    float[] maxima = zeros(maps.shape());
    for (int entry = 0; entry < maps.data().length; entry++) {
      raise(maxima, maps.shape(), entry, maps.data()[entry]);
    }
    return maxima;
  }

  /**
   * The same of maps that are 0 but for some entries.
   *
   * @param entries where they lie, in (map, row, column) order
   * @param values one an entry
   */
  public float[] of(Shape shape, int[] entries, float[] values) {
    Checks.equal("cell maxima: values", entries.length, values.length);
    float[] maxima = zeros(shape);
    for (int e = 0; e < entries.length; e++) {
      raise(maxima, shape, entries[e], values[e]);
    }
    return maxima;
  }

  private float[] zeros(Shape shape) {
    return new float[Math.multiplyExact(shape.maps(), Math.multiplyExact(grid, grid))];
  }

  private void raise(float[] maxima, Shape shape, int entry, float value) {
    int map = entry / shape.plane();
    int within = entry % shape.plane();
    int row = cell(within / shape.width(), shape.height());
    int cell = (map * grid + row) * grid + cell(within % shape.width(), shape.width());
    maxima[cell] = Math.max(maxima[cell], Math.abs(value));
  }

  private int cell(int at, int length) {
    return (int) ((long) at * grid / length);
  }
}
