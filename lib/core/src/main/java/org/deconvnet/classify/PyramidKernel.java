package org.deconvnet.classify;

import java.util.List;
import org.deconvnet.pyramid.PyramidCode;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/** A kernel between pyramids. Thread-safe. */
public enum PyramidKernel {
  /** {@code Σ_i min(x_i, y_i)}, for histograms: see {@link HistogramIntersection}. */
  INTERSECTION {
    @Override
    public float[] row(SparseHistogram x, List<SparseHistogram> others) {
      return HistogramIntersection.row(x, others);
    }
  },
  /** {@code Σ_i x_i y_i}. */
  LINEAR {
    @Override
    public float[] row(SparseHistogram x, List<SparseHistogram> others) {
      float[] dense = x.toDense();
      float[] row = new float[others.size()];
      for (int j = 0; j < row.length; j++) {
        Checks.equal("linear kernel: size", dense.length, others.get(j).size());
        row[j] = (float) product(dense, others.get(j));
      }
      return row;
    }
  };

  /**
   * The kernel that compares pyramids of a code: intersection for histograms and sparse weights,
   * linear for the maxima that their papers compare so.
   */
  public static PyramidKernel of(PyramidCode code) {
    return switch (code) {
      case HARD, SOFT, SPARSE -> INTERSECTION;
      case SOFTMAX, LLC, MAPS -> LINEAR;
    };
  }

  /**
   * The kernel of one vector with others, (other). One vector is spread out dense, so a row costs
   * as many steps as the others have entries.
   *
   * @throws IllegalArgumentException if sizes differ, or a histogram of an intersection has a
   *     negative entry
   */
  public abstract float[] row(SparseHistogram x, List<SparseHistogram> others);

  private static double product(float[] dense, SparseHistogram y) {
    int[] indices = y.indices();
    float[] values = y.values();
    // Four sums in a fixed order: one chain of additions would wait for itself.
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < indices.length; i += 4) {
      s0 += (double) dense[indices[i]] * values[i];
      s1 += (double) dense[indices[i + 1]] * values[i + 1];
      s2 += (double) dense[indices[i + 2]] * values[i + 2];
      s3 += (double) dense[indices[i + 3]] * values[i + 3];
    }
    for (; i < indices.length; i++) {
      s0 += (double) dense[indices[i]] * values[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
