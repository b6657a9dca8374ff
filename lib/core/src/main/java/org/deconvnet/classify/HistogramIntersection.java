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

  /** The kernel row of one histogram, (training). Fails as {@link #gram} does. */
  public static float[] row(SparseHistogram x, List<SparseHistogram> train) {
    check(train);
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
    double sum = 0;
    for (int i = 0; i < indices.length; i++) {
      sum += Math.min(dense[indices[i]], values[i]);
    }
    return sum;
  }
}
