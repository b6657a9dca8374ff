package org.deconvnet.simd;

import java.util.ArrayList;
import java.util.List;

/**
 * Filter taps that {@link SpreadSynthesis} takes through the maps together: {@code rows} filter
 * rows from {@code row} on, each cut into {@code 4 / rows} parts of {@code width} columns. A part
 * of a row is one of the four outputs of {@link TapKernel}, and the columns of a part are summed
 * while the output stays in registers. Immutable.
 *
 * @param row the first
 * @param rows 4, 2 or 1
 * @param width columns of a part; columns and rows beyond the filter count as zeros
 */
record TapGroup(int row, int rows, int width) {
  private static final int OUTPUTS = TapKernel.OUTPUTS;

  /** All taps of a filter: four rows at once, and what is left in one group more. */
  static List<TapGroup> of(int side) {
    List<TapGroup> groups = new ArrayList<>();
    int row = 0;
    for (; row + 2 < side; row += OUTPUTS) {
      groups.add(new TapGroup(row, OUTPUTS, side));
    }
    if (row < side) {
      int parts = OUTPUTS / (side - row);
      groups.add(new TapGroup(row, side - row, (side + parts - 1) / parts));
    }
    return List.copyOf(groups);
  }

  /** Taps of all groups together, those that count as zeros too. */
  static int taps(List<TapGroup> groups) {
    return groups.stream().mapToInt(g -> g.width * OUTPUTS).sum();
  }

  /** The filter row of an output. */
  int row(int output) {
    return row + output % rows;
  }

  /** The first filter column of an output. */
  int column(int output) {
    return output / rows * width;
  }
}
