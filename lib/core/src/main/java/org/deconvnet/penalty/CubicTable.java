package org.deconvnet.penalty;

import java.util.function.DoubleUnaryOperator;

/**
 * A smooth function of a positive number as cubic Hermite pieces, {@value #PIECES} to each octave.
 * An octave and a piece are leading bits of the argument, so that looking one up needs no search,
 * logarithm or division. A piece is {@code 1/32} of the distance to 0 wide: what the function does
 * at 0, a branch point say, costs the same relative accuracy everywhere, some 1e-9. Immutable.
 */
final class CubicTable {
  static final int PIECES = 32;

  private static final int SHIFT = 52 - 5;
  private static final long WITHIN_PIECE = (1L << SHIFT) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);

  private final int first;
  private final int pieces;
  private final double[] coefficients;

  /**
   * @param from positive; the table starts at or a little below it
   * @param octaves how many factors of two it reaches over
   */
  CubicTable(double from, int octaves, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    this.first = (int) (Double.doubleToRawLongBits(from) >>> SHIFT);
    this.pieces = octaves * PIECES;
    this.coefficients = new double[4 * pieces];
    for (int i = 0; i < pieces; i++) {
      double left = edge(i);
      double width = edge(i + 1) - left;
      double a = value.applyAsDouble(left);
      double rise = value.applyAsDouble(left + width) - a;
      double start = width * slope.applyAsDouble(left);
      double end = width * slope.applyAsDouble(left + width);
      coefficients[4 * i] = a;
      coefficients[4 * i + 1] = start;
      coefficients[4 * i + 2] = 3 * rise - 2 * start - end;
      coefficients[4 * i + 3] = start + end - 2 * rise;
    }
  }

  private double edge(int piece) {
    return Double.longBitsToDouble((long) (first + piece) << SHIFT);
  }

  /** The first argument beyond the table. */
  double end() {
    return edge(pieces);
  }

  /** The function between the table's start and {@link #end}; not checked. */
  double at(double argument) {
    long bits = Double.doubleToRawLongBits(argument);
    int i = 4 * ((int) (bits >>> SHIFT) - first);
    double f = Double.longBitsToDouble(((bits & WITHIN_PIECE) << 5) | ONE) - 1;
    return coefficients[i]
        + f * (coefficients[i + 1] + f * (coefficients[i + 2] + f * coefficients[i + 3]));
  }
}
