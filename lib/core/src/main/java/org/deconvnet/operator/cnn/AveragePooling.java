package org.deconvnet.operator.cnn;

import org.deconvnet.operator.LinearMap;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Mean of each window; the adjoint spreads a number evenly over its window. Immutable and
 * thread-safe.
 */
public final class AveragePooling implements LinearMap {
  private final Shape input;
  private final Shape pooled;
  private final AxisWindows rows;
  private final AxisWindows columns;
  private final boolean countPadding;

  /**
   * @param input (C, H, W)
   * @param countPadding whether padding counts as zeros, ONNX' {@code count_include_pad}; what
   *     hangs over the padding of a window rounded up never counts
   * @throws org.deconvnet.tensor.UserErrorException if the input is smaller than a window, or a
   *     window holds nothing but padding
   */
  public AveragePooling(PoolWindows windows, Shape input, boolean countPadding) {
    this.input = input;
    this.countPadding = countPadding;
    pooled = windows.pooled(input);
    rows = new AxisWindows(windows.rows(), input.height(), pooled.height());
    columns = new AxisWindows(windows.columns(), input.width(), pooled.width());
  }

  /** Global average pooling: one number a map. */
  public static AveragePooling global(Shape input) {
    return new AveragePooling(PoolWindows.global(input), input, false);
  }

  @Override
  public Shape domain() {
    return input;
  }

  @Override
  public Shape range() {
    return pooled;
  }

  @Override
  public void apply(FeatureMaps x, FeatureMaps means) {
    Checks.sameShape("average pooling: maps", input, x.shape());
    Checks.sameShape("average pooling: means", pooled, means.shape());
    for (int c = 0; c < pooled.maps(); c++) {
      for (int y = 0; y < pooled.height(); y++) {
        for (int column = 0; column < pooled.width(); column++) {
          means.set(c, y, column, (float) (sum(x, c, y, column) / divisor(y, column)));
        }
      }
    }
  }

  private double sum(FeatureMaps x, int map, int y, int column) {
    double sum = 0;
    for (int row = rows.first(y); row < rows.end(y); row += rows.step()) {
      int line = x.index(map, row, 0);
      int end = line + columns.end(column);
      for (int i = line + columns.first(column); i < end; i += columns.step()) {
        sum += x.data()[i];
      }
    }
    return sum;
  }

  @Override
  public void adjoint(FeatureMaps means, FeatureMaps x) {
    Checks.sameShape("average pooling: means", pooled, means.shape());
    Checks.sameShape("average pooling: maps", input, x.shape());
    x.fill(0);
    for (int c = 0; c < pooled.maps(); c++) {
      for (int y = 0; y < pooled.height(); y++) {
        for (int column = 0; column < pooled.width(); column++) {
          spread((float) (means.get(c, y, column) / divisor(y, column)), x, c, y, column);
        }
      }
    }
  }

  private void spread(float share, FeatureMaps x, int map, int y, int column) {
    for (int row = rows.first(y); row < rows.end(y); row += rows.step()) {
      int line = x.index(map, row, 0);
      int end = line + columns.end(column);
      for (int i = line + columns.first(column); i < end; i += columns.step()) {
        x.data()[i] += share;
      }
    }
  }

  /** Numbers that a mean is of. */
  private double divisor(int y, int column) {
    return countPadding
        ? (double) rows.covered(y) * columns.covered(column)
        : (double) rows.held(y) * columns.held(column);
  }
}
