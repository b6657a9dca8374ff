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
public final class HistogramIntersection {
  private HistogramIntersection() {}

  /** K(x, y). */
  public static double kernel(SparseHistogram x, SparseHistogram y) {
    return row(x, List.of(y))[0];
  }

  /**
   * All pairs of the training histograms.
   *
   * @return (training, training), symmetric to the bit
   * @throws IllegalArgumentException if sizes differ or an entry is negative
   */
  public static float[][] gram(List<SparseHistogram> train) {
    check(train);
    float[][] gram = new float[train.size()][train.size()];
    for (int i = 0; i < gram.length; i++) {
      float[] dense = train.get(i).toDense();
      for (int j = 0; j <= i; j++) {
        gram[i][j] = (float) against(dense, train.get(j));
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /** Kernel rows of other histograms, (other, training). Fails as {@link #gram} does. */
  public static float[][] rows(List<SparseHistogram> others, List<SparseHistogram> train) {
    check(train);
    float[][] rows = new float[others.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = uncheckedRow(others.get(i), train);
    }
    return rows;
  }

  /**
   * The kernel row of one histogram, (training). Fails as {@link #gram} does, but takes the
   * training histograms as checked: whoever computes a row for each of them has them all checked.
   */
  public static float[] row(SparseHistogram x, List<SparseHistogram> train) {
    return uncheckedRow(x, train);
  }

  private static float[] uncheckedRow(SparseHistogram x, List<SparseHistogram> train) {
    x.requireNonNegative("histogram intersection");
    float[] dense = x.toDense();
    float[] row = new float[train.size()];
    for (int j = 0; j < row.length; j++) {
      Checks.equal("histogram intersection: size", dense.length, train.get(j).size());
      row[j] = (float) against(dense, train.get(j));
    }
    return row;
  }

  private static void check(List<SparseHistogram> histograms) {
    for (SparseHistogram h : histograms) {
      Checks.equal("histogram intersection: size", histograms.get(0).size(), h.size());
      h.requireNonNegative("histogram intersection");
    }
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
