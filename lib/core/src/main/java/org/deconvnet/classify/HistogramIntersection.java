package org.deconvnet.classify;

import java.util.List;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/**
 * The histogram intersection kernel {@code K(x, y) = Σ_i min(x_i, y_i)} of histograms without
 * negative entries. One vector is spread out dense and the non-zero entries of all others are
 * walked against it, so a row costs as many steps as the others have entries. Source: Swain and
 * Ballard, IJCV 1991, section 3. Thread-safe: holds nothing.
 */
final class HistogramIntersection {
  private HistogramIntersection() {}

  /**
   * The kernel row of one histogram, (other). Entries of the others are taken as checked.
   *
   * @throws IllegalArgumentException if sizes differ or an entry of {@code x} is negative
   */
  static float[] row(SparseHistogram x, List<SparseHistogram> others) {
    x.requireNonNegative("histogram intersection");
    float[] dense = x.toDense();
    float[] row = new float[others.size()];
    for (int j = 0; j < row.length; j++) {
      Checks.equal("histogram intersection: size", dense.length, others.get(j).size());
      row[j] = (float) against(dense, others.get(j));
    }
    return row;
  }

  private static double against(float[] dense, SparseHistogram y) {
    int[] indices = y.indices();
    float[] values = y.values();
    // Four sums in a fixed order: one chain of additions would wait for itself.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < indices.length; i += 4) {
      s0 += Math.min(dense[indices[i]], values[i]);
      s1 += Math.min(dense[indices[i + 1]], values[i + 1]);
      s2 += Math.min(dense[indices[i + 2]], values[i + 2]);
      s3 += Math.min(dense[indices[i + 3]], values[i + 3]);
    }
    for (; i < indices.length; i++) {
      s0 += Math.min(dense[indices[i]], values[i]);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
