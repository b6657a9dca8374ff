package org.deconvnet.spark.exec;

import breeze.linalg.DenseMatrix;
import breeze.linalg.DenseVector;
import breeze.linalg.eigSym;
import org.deconvnet.dictionary.SymmetricEigensolver;

/** Breeze's eigenvalues of symmetric matrices (LAPACK's dsyev). Stateless and thread-safe. */
public final class BreezeEigensolver implements SymmetricEigensolver {
  @Override
  public Spectrum decompose(double[] matrix, int n) {
    DenseMatrix<Object> m = new DenseMatrix<>(n, n, matrix.clone());
    eigSym.EigSym<DenseVector<Object>, DenseMatrix<Object>> result =
        eigSym.EigSym_DM_Impl$.MODULE$.apply(m);
    double[] columns = (double[]) result.eigenvectors().data();
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      // Breeze stores column by column, and each column is a vector.
      System.arraycopy(columns, i * n, vectors[i], 0, n);
    }
    return new Spectrum(((double[]) result.eigenvalues().data()).clone(), vectors);
  }
}
