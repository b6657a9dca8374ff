package org.deconvnet.network.patches;

import java.io.Serializable;
import org.deconvnet.dictionary.SymmetricEigensolver;
import org.deconvnet.kernels.ArrayKernels;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * ZCA whitening of windows (Bell and Sejnowski, Vision Research 1997), and the way back. With the
 * windows' second moments C = V diag(e) Vᵀ and ε a share of the mean of all e,
 *
 * <pre>W = V diag(1 / √(e + ε)) Vᵀ,   W⁻¹ = V diag(√(e + ε)) Vᵀ</pre>
 *
 * <p>so that whitened windows have second moments V diag(e / (e + ε)) Vᵀ: the identity where e is
 * far above the floor ε, and nothing is blown up where it is far below. Arrays are shared and not
 * to be changed.
 *
 * @param dimension numbers of a window, d
 * @param forward W, (d, d), row by row
 * @param inverse W⁻¹, likewise
 */
public record Whitening(int dimension, float[] forward, float[] inverse) implements Serializable {
  /** As many columns as the product of matrices is fastest for. */
  private static final int COLUMNS = 48;

  public Whitening {
    Checks.equal("whitening: numbers", dimension * dimension, forward.length);
    Checks.equal("whitening: numbers of the way back", dimension * dimension, inverse.length);
    for (int i = 0; i < forward.length; i++) {
      if (!Float.isFinite(forward[i]) || !Float.isFinite(inverse[i])) {
        throw new IllegalArgumentException(
            "whitening: expected finite numbers, got %s and back %s at row %d, column %d"
                .formatted(forward[i], inverse[i], i / dimension, i % dimension));
      }
    }
  }

  /** Leaves windows as they are. */
  static Whitening none(int dimension) {
    float[] identity = new float[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      identity[i * dimension + i] = 1;
    }
    return new Whitening(dimension, identity, identity);
  }

  /**
   * @param moments C, (d, d), row by row
   * @param floor ε as a share of the mean eigenvalue, above 0
   * @return {@link #none} where all moments are zero: constant images have nothing to whiten
   */
  static Whitening of(
      double[] moments, int dimension, double floor, SymmetricEigensolver eigensolver) {
    double trace = 0;
    for (int i = 0; i < dimension; i++) {
      trace += moments[i * dimension + i];
    }
    if (!(trace > 0)) {
      return none(dimension);
    }
    double epsilon = floor * trace / dimension;
    SymmetricEigensolver.Spectrum spectrum = eigensolver.decompose(moments, dimension);
    double[] roots = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      roots[i] = Math.sqrt(Math.max(0, spectrum.values()[i]) + epsilon);
    }
    return new Whitening(
        dimension, around(spectrum.vectors(), roots, -1), around(spectrum.vectors(), roots, 1));
  }

  /** V diag(root^power) Vᵀ, power 1 or −1. */
  private static float[] around(double[][] vectors, double[] roots, int power) {
    int d = roots.length;
    double[] sum = new double[d * d];
    for (int v = 0; v < d; v++) {
      double weight = power > 0 ? roots[v] : 1 / roots[v];
      for (int i = 0; i < d; i++) {
        double factor = weight * vectors[v][i];
        for (int j = 0; j < d; j++) {
          sum[i * d + j] += factor * vectors[v][j];
        }
      }
    }
    float[] matrix = new float[d * d];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) sum[i];
    }
    return matrix;
  }

  /**
   * Whitens windows in place.
   *
   * @param windows (d, rows, columns)
   */
  void apply(ArrayKernels kernels, FeatureMaps windows) {
    Checks.equal("whitening: numbers of a window", dimension, windows.maps());
    int plane = windows.shape().plane();
    float[] some = new float[dimension * COLUMNS];
    float[] whitened = new float[dimension * COLUMNS];
    for (int from = 0; from < plane; from += COLUMNS) {
      int count = Math.min(COLUMNS, plane - from);
      for (int i = 0; i < dimension; i++) {
        System.arraycopy(windows.data(), i * plane + from, some, i * count, count);
      }
      kernels.product(forward, dimension, dimension, some, count, whitened);
      for (int i = 0; i < dimension; i++) {
        System.arraycopy(whitened, i * count, windows.data(), i * plane + from, count);
      }
    }
  }

  /**
   * What a whitened window looks like in pixels, W⁻¹ w.
   *
   * @param from where the window begins
   */
  float[] inPixels(float[] whitened, int from) {
    float[] pixels = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      double sum = 0;
      for (int j = 0; j < dimension; j++) {
        sum += (double) inverse[i * dimension + j] * whitened[from + j];
      }
      pixels[i] = (float) sum;
    }
    return pixels;
  }
}
