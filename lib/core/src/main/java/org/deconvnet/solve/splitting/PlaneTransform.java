package org.deconvnet.solve.splitting;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/**
 * The discrete Fourier transform of planes of one size, any size, in place: columns after rows. A
 * number is two, its real and its imaginary part. On the caller's thread alone. Not thread-safe.
 */
final class PlaneTransform {
  static {
    // The library would start threads of its own for long lines; Spark has a task on every core.
    CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
    CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
  }

  private final int rows;
  private final int columns;
  private final DoubleFFT_1D row;
  private final DoubleFFT_1D column;
  private final double[] line;

  PlaneTransform(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.row = new DoubleFFT_1D(columns);
    this.column = new DoubleFFT_1D(rows);
    this.line = new double[2 * rows];
  }

  /**
   * @param plane (row, column, 2)
   */
  void forward(double[] plane) {
    for (int r = 0; r < rows; r++) {
      row.complexForward(plane, 2 * r * columns);
    }
    for (int c = 0; c < columns; c++) {
      take(plane, c);
      column.complexForward(line);
      put(plane, c);
    }
  }

  /** The inverse of {@link #forward}. */
  void inverse(double[] plane) {
    for (int r = 0; r < rows; r++) {
      row.complexInverse(plane, 2 * r * columns, true);
    }
    for (int c = 0; c < columns; c++) {
      take(plane, c);
      column.complexInverse(line, true);
      put(plane, c);
    }
  }

  private void take(double[] plane, int c) {
    for (int r = 0; r < rows; r++) {
      line[2 * r] = plane[2 * (r * columns + c)];
      line[2 * r + 1] = plane[2 * (r * columns + c) + 1];
    }
  }

  private void put(double[] plane, int c) {
    for (int r = 0; r < rows; r++) {
      plane[2 * (r * columns + c)] = line[2 * r];
      plane[2 * (r * columns + c) + 1] = line[2 * r + 1];
    }
  }
}
