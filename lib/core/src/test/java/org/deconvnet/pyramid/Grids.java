package org.deconvnet.pyramid;

import java.util.stream.IntStream;
import org.deconvnet.describe.DescriptorGrid;

/** Hand-made grids. */
final class Grids {
  private Grids() {}

  /** One-pixel patches at every pixel of a rows x columns image. */
  static DescriptorGrid of(int rows, int columns, int dimension, float[] values) {
    return new DescriptorGrid(
        rows,
        columns,
        1,
        IntStream.range(0, rows).toArray(),
        IntStream.range(0, columns).toArray(),
        dimension,
        values);
  }
}
