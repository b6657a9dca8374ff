package org.deconvnet.operator.cnn;

import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Max pooling over windows that may overlap, with switches. The largest number of a window wins, of
 * equal ones the first in (row, column) order; not a number beats every number. Padding never wins.
 * Switches count as ONNX MaxPool's Indices of one image do, and two windows may choose one place:
 * {@link Switches#unpoolSum} adds there.
 *
 * <p>The network of 2011 pools otherwise, by size and over maps as well: {@code
 * solve.ShrinkAndPool}. Immutable and thread-safe.
 */
public final class MaxPooling {
  private final Shape input;
  private final Shape pooled;
  private final AxisWindows rows;
  private final AxisWindows columns;

  /**
   * @param input (C, H, W)
   * @throws org.deconvnet.tensor.UserErrorException if the input is smaller than a window, or a
   *     window holds nothing but padding
   */
  public MaxPooling(PoolWindows windows, Shape input) {
    this.input = input;
    pooled = windows.pooled(input);
    rows = new AxisWindows(windows.rows(), input.height(), pooled.height());
    columns = new AxisWindows(windows.columns(), input.width(), pooled.width());
  }

  /** Shape of values and switches. */
  public Shape pooled() {
    return pooled;
  }

  /**
   * @param x maps, (C, H, W)
   * @param values receives the winners
   * @param switches receives where they are in x
   */
  public void pool(FeatureMaps x, FeatureMaps values, Switches switches) {
    Checks.sameShape("max pooling: maps", input, x.shape());
    Checks.sameShape("max pooling: values", pooled, values.shape());
    Checks.sameShape("max pooling: switches", pooled, switches.pooled());
    Checks.sameShape("max pooling: switches' maps", input, switches.unpooled());
    int at = 0;
    for (int c = 0; c < pooled.maps(); c++) {
      for (int y = 0; y < pooled.height(); y++) {
        for (int column = 0; column < pooled.width(); column++, at++) {
          int winner = largest(x, c, y, column);
          switches.index()[at] = winner;
          values.data()[at] = x.data()[winner];
        }
      }
    }
  }

  private int largest(FeatureMaps x, int map, int y, int column) {
    float[] data = x.data();
    int winner = x.index(map, rows.first(y), columns.first(column));
    for (int row = rows.first(y); row < rows.end(y); row += rows.step()) {
      int line = x.index(map, row, 0);
      int end = line + columns.end(column);
      for (int i = line + columns.first(column); i < end; i += columns.step()) {
        winner = beats(data[i], data[winner]) ? i : winner;
      }
    }
    return winner;
  }

  private static boolean beats(float challenger, float present) {
    return challenger > present || (Float.isNaN(challenger) && !Float.isNaN(present));
  }
}
