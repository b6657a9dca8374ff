package org.deconvnet.simd;

import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.kernels.CoordinateState;

/** Array kernels on the Vector API, in the preferred width of the machine. Thread-safe. */
final class VectorArrayKernels implements ArrayKernels {
  @Override
  public void strongest(
      float[] data, int[] starts, int lines, int width, int[] ranks, int[] winners) {
    RankKernel.strongest(data, starts, lines, width, ranks, winners);
  }

  @Override
  public void product(float[] a, int rows, int depth, float[] b, int columns, float[] out) {
    ProductKernel.product(a, rows, depth, b, columns, out);
  }

  @Override
  public void addProducts(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums) {
    ColumnKernel.addProducts(table, rows, values, from, to, first, sums);
  }

  @Override
  public void addMinima(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums) {
    ColumnKernel.addMinima(table, rows, values, from, to, first, sums);
  }

  @Override
  public void descend(
      CoordinateState state, float change, float[] products, int from, int place, int places) {
    CoordinateKernel.descend(state, change, products, from, place, places);
  }
}
