package org.deconvnet.classify;

import java.util.List;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/** The histogram intersection kernel {@code k(x, y) = Σ min(x_i, y_i)}. Thread-safe. */
public final class HistogramIntersection {
  private HistogramIntersection() {}

  public static double between(SparseHistogram x, SparseHistogram y) {
    return against(dense(x), y);
  }

  /** One row of kernel values: x against each of {@code others}. Costs their non-zeros. */
  public static float[] row(SparseHistogram x, List<SparseHistogram> others) {
    float[] dense = dense(x);
    float[] row = new float[others.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) against(dense, others.get(i));
    }
    return row;
  }

  private static float[] dense(SparseHistogram x) {
    float[] dense = new float[x.size()];
    for (int i = 0; i < x.indices().length; i++) {
      dense[x.indices()[i]] = x.values()[i];
    }
    return dense;
  }

  private static double against(float[] dense, SparseHistogram y) {
    Checks.equal("histogram intersection: bins", dense.length, y.size());
    int[] indices = y.indices();
    float[] values = y.values();
    double sum = 0;
    for (int i = 0; i < indices.length; i++) {
      sum += Math.min(dense[indices[i]], values[i]);
    }
    return sum;
  }
}
