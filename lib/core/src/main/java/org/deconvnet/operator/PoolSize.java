package org.deconvnet.operator;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.Shape;

/** Block of {@code rows x columns} entries over {@code maps} consecutive maps. */
public record PoolSize(int rows, int columns, int maps) implements Serializable {
  public PoolSize {
    Checks.atLeast("pooling rows", 1, rows);
    Checks.atLeast("pooling columns", 1, columns);
    Checks.atLeast("pooling maps", 1, maps);
  }

  /** Sizes are rounded up: partial blocks at the edges count. */
  public Shape pooled(Shape shape) {
    return new Shape(
        ceilDivide(shape.maps(), maps),
        ceilDivide(shape.height(), rows),
        ceilDivide(shape.width(), columns));
  }

  private static int ceilDivide(int a, int b) {
    return (a + b - 1) / b;
  }
}
