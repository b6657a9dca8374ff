package org.deconvnet.classify;

import java.util.Arrays;
import java.util.List;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/**
 * Kernel values of many pairs of sparse vectors at once. {@value #COLUMNS} vectors are spread out
 * side by side, {@value #DEPTH} entries deep: a table that the processor's cache holds, against
 * which the non-zero entries of every other vector are walked. {@link PyramidKernel#row} is the
 * plain version. Results depend neither on how the pairs are split over calls nor on the kernels,
 * and K(x, y) = K(y, x), to the bit. Not thread-safe: it has scratch memory.
 */
public final class KernelBlocks {
  private static final int COLUMNS = 64;
  private static final int DEPTH = 1024;

  private final PyramidKernel kernel;
  private final ArrayKernels kernels;
  private final float[] table = new float[DEPTH * COLUMNS];
  private final float[] sums = new float[COLUMNS];

  /**
   * @param kernels any: all give the same bits
   */
  public KernelBlocks(PyramidKernel kernel, ArrayKernels kernels) {
    this.kernel = kernel;
    this.kernels = kernels;
  }

  /**
   * K(x, y) for all pairs, (x, y), newly allocated.
   *
   * @throws IllegalArgumentException if sizes differ, or a histogram of an intersection has a
   *     negative entry
   */
  public float[][] rows(List<SparseHistogram> xs, List<SparseHistogram> ys) {
    check(xs, ys);
    float[][] rows = new float[xs.size()][ys.size()];
    for (int y = 0; y < ys.size() && !xs.isEmpty(); y += COLUMNS) {
      columns(xs, ys.subList(y, Math.min(ys.size(), y + COLUMNS)), rows, y);
    }
    return rows;
  }

  private void check(List<SparseHistogram> xs, List<SparseHistogram> ys) {
    for (List<SparseHistogram> vectors : List.of(xs, ys)) {
      for (SparseHistogram vector : vectors) {
        Checks.equal(
            "kernel: size", xs.isEmpty() ? vector.size() : xs.get(0).size(), vector.size());
        if (kernel == PyramidKernel.INTERSECTION) {
          vector.requireNonNegative("histogram intersection");
        }
      }
    }
  }

  /** The columns of at most {@value #COLUMNS} vectors, from {@code column} on. */
  private void columns(
      List<SparseHistogram> xs, List<SparseHistogram> ys, float[][] rows, int column) {
    double[][] totals = new double[xs.size()][ys.size()];
    int[] next = new int[xs.size()];
    int[] spread = new int[ys.size()];
    for (int first = 0; first < xs.get(0).size(); first += DEPTH) {
      spread(ys, first, spread);
      for (int i = 0; i < totals.length; i++) {
        next[i] = add(xs.get(i), next[i], first, totals[i]);
      }
    }
    for (int i = 0; i < totals.length; i++) {
      for (int j = 0; j < totals[i].length; j++) {
        rows[i][column + j] = (float) totals[i][j];
      }
    }
  }

  /** Fills the table, (entry, vector), with the entries from {@code first} on. */
  private void spread(List<SparseHistogram> ys, int first, int[] next) {
    Arrays.fill(table, 0);
    for (int j = 0; j < next.length; j++) {
      int[] indices = ys.get(j).indices();
      float[] values = ys.get(j).values();
      int i = next[j];
      for (; i < indices.length && indices[i] < first + DEPTH; i++) {
        table[(indices[i] - first) * COLUMNS + j] = values[i];
      }
      next[j] = i;
    }
  }

  /** Adds what one vector's entries in the table's reach give, and tells where those end. */
  private int add(SparseHistogram x, int from, int first, double[] totals) {
    int[] indices = x.indices();
    int to = from;
    while (to < indices.length && indices[to] < first + DEPTH) {
      to++;
    }
    Arrays.fill(sums, 0);
    switch (kernel) {
      case INTERSECTION -> kernels.addMinima(table, indices, x.values(), from, to, first, sums);
      case LINEAR -> kernels.addProducts(table, indices, x.values(), from, to, first, sums);
    }
    for (int j = 0; j < totals.length; j++) {
      totals[j] += sums[j];
    }
    return to;
  }
}
