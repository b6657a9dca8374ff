package org.deconvnet.spark.columns;

import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.deconvnet.pyramid.SparseHistogram;

/** Sparse histograms as Spark ML vectors and back. */
public final class HistogramColumn {
  private HistogramColumn() {}

  public static Vector toVector(SparseHistogram histogram) {
    return Vectors.sparse(histogram.size(), histogram.indices(), wide(histogram.values()));
  }

  static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  public static SparseHistogram fromVector(Vector vector) {
    SparseVector sparse = vector.toSparse();
    double[] wide = sparse.values();
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return new SparseHistogram(sparse.size(), sparse.indices(), values);
  }
}
