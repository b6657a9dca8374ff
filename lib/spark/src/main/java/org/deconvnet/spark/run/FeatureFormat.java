package org.deconvnet.spark.run;

/** Formats that features are written in. */
public enum FeatureFormat {
  /** Plain columns, for any reader of Parquet. */
  PARQUET,
  /** One matrix, for NumPy. */
  NPY,
  /** Lines of a label and the numbers that are not zero, for MLlib and scikit-learn. */
  LIBSVM
}
