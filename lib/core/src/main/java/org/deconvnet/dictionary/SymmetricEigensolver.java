package org.deconvnet.dictionary;

/** Eigenvalues and eigenvectors of small symmetric matrices: a library's business. Thread-safe. */
public interface SymmetricEigensolver {
  /**
   * M = V diag(values) Vᵀ.
   *
   * @param values ascending
   * @param vectors {@code vectors[i]} belongs to {@code values[i]}; orthonormal
   */
  record Spectrum(double[] values, double[][] vectors) {}

  /**
   * @param matrix n × n, symmetric, row by row; not changed
   */
  Spectrum decompose(double[] matrix, int n);
}
