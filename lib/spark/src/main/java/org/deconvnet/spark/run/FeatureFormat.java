package org.deconvnet.spark.run;

/** Formats that features are written in. */
public enum FeatureFormat {
  /** Plain columns, for any reader of Parquet. */
  PARQUET,
  /** One matrix, for NumPy. */
  NPY,
  /** One sparse matrix an image, for SciPy: rows are maps, columns places. */
  NPZ,
  /** Lines of a label and the numbers that are not zero, for MLlib and scikit-learn. */
  LIBSVM
}
