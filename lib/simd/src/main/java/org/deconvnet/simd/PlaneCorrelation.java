package org.deconvnet.simd;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.FilterBank;

/**
 * The filter gradient of one channel: each number of a filter is the inner product of a map, moved
 * by as many rows and columns, with the residual. The residual gets the maps' row stride, with
 * zeros to the right of each row and in three rows above and below, so that a move is one offset
 * and a whole plane is one run of {@link PlaneKernel}. Maps stay as they are, where {@link
 * FilterCorrelation} turns them, which pays for itself with several channels only.
 *
 * <p>Scratch: the residual and one map. Not thread-safe.
 */
final class PlaneCorrelation {
  private static final int SIDE = PlaneKernel.SIDE;
  private static final int MARGIN = SIDE - 1;

  private final float[] partial = new float[SIDE * SIDE * TapKernel.LANES];
  private float[] residual = {};
  private float[] edge = {};

  /** Whether it is the faster way: one channel, and registers for sixteen sums. */
  static boolean suits(FilterBank out) {
    return out.channels() == 1 && TapKernel.MANY_REGISTERS;
  }

  void run(FeatureMaps z, FeatureMaps r, FilterBank out) {
    frame(r, z.width());
    // Runs read beyond a map's end, where they meet zeros: what is read has to be there.
    int plane = z.shape().plane();
    int reach = plane + 2 * (out.side() + TapKernel.LANES);
    edge = Scratch.zeros(edge, reach);
    for (int k = 0; k < out.maps(); k++) {
      int at = z.index(k, 0, 0);
      if (at + reach <= z.data().length) {
        correlate(z.data(), at, k, z, r, out);
      } else {
        System.arraycopy(z.data(), at, edge, 0, plane);
        correlate(edge, 0, k, z, r, out);
      }
    }
    FilterCorrelation.clearUnconnected(out);
  }

  private void frame(FeatureMaps r, int stride) {
    int rows = r.height() + 2 * MARGIN + 1;
    residual = Scratch.zeros(residual, rows * stride + TapKernel.LANES);
    for (int y = 0; y < r.height(); y++) {
      System.arraycopy(r.data(), r.index(0, y, 0), residual, (y + MARGIN) * stride, r.width());
    }
  }

  private void correlate(
      float[] maps, int at, int k, FeatureMaps z, FeatureMaps r, FilterBank out) {
    int stride = z.width();
    for (int i = 0; i < out.side(); i += SIDE) {
      int rows = Math.min(z.height() - i, r.height() + MARGIN);
      int length = TapKernel.roundUp(rows * stride);
      for (int j = 0; j < out.side(); j += SIDE) {
        PlaneKernel.tile(maps, at + i * stride + j, residual, stride, length, partial);
        collect(i, j, k, out);
      }
    }
  }

  /** A map moved by i rows and j columns belongs to the filter's number at s − 1 − i, s − 1 − j. */
  private void collect(int row, int column, int k, FilterBank out) {
    int end = out.side() - 1;
    for (int i = row; i <= Math.min(end, row + MARGIN); i++) {
      for (int j = column; j <= Math.min(end, column + MARGIN); j++) {
        int tile = (i - row) * SIDE + j - column;
        double sum = 0;
        for (int lane = tile * TapKernel.LANES; lane < (tile + 1) * TapKernel.LANES; lane++) {
          sum += partial[lane];
        }
        out.data()[out.offset(k, 0) + (end - i) * out.side() + end - j] = (float) sum;
      }
    }
  }
}
