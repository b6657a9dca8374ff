package org.deconvnet.network.gradient.adversarial;

import java.util.Arrays;
import java.util.List;
import org.deconvnet.dictionary.SymmetricEigensolver;
import org.deconvnet.dictionary.SymmetricEigensolver.Spectrum;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;

/**
 * How far two sets of images are from each other in a network's features. Both distances compare
 * whole distributions; what is a small one says the distance of two halves of a corpus. Immutable.
 *
 * @param frechet {@code |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½)} of the Gaussians with the sets'
 *     means and covariances. Source: Heusel et al., GANs trained by a two time-scale update rule,
 *     NIPS 2017. It falls with the number of images: compare distances of equally large sets
 * @param kernel squared maximum mean discrepancy with {@code k(x, y) = (x·y / d + 1)³}, estimated
 *     without bias, so it may be slightly negative. Source: Bińkowski et al., Demystifying MMD
 *     GANs, ICLR 2018
 */
public record FeatureDistance(double frechet, double kernel) {
  /** Beyond it eigenvalues would take minutes. */
  public static final int MOST_FEATURES = 1024;

  /**
   * @param a features of an image each, all of one length; two images or more
   * @param b the same of other images
   * @throws UserErrorException if there are more than {@link #MOST_FEATURES} features
   */
  public static FeatureDistance of(
      List<float[]> a, List<float[]> b, SymmetricEigensolver eigensolver) {
    Checks.atLeast("distance: images", 2, Math.min(a.size(), b.size()));
    int n = a.get(0).length;
    if (n > MOST_FEATURES) {
      throw new UserErrorException(
          "distance: expected at most %d features an image, got %d; judge by a layer of fewer maps"
              .formatted(MOST_FEATURES, n));
    }
    return new FeatureDistance(frechet(a, b, eigensolver), kernel(a, b));
  }

  private static double frechet(
      List<float[]> a, List<float[]> b, SymmetricEigensolver eigensolver) {
    double[] meanA = mean(a);
    double[] meanB = mean(b);
    double[] covarianceA = covariance(a, meanA);
    double[] covarianceB = covariance(b, meanB);
    int n = meanA.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double apart = meanA[i] - meanB[i];
      sum += apart * apart + covarianceA[i * n + i] + covarianceB[i * n + i];
    }
    // Σ₁ Σ₂ has the eigenvalues of the symmetric Σ₁^½ Σ₂ Σ₁^½.
    double[] root = root(covarianceA, n, eigensolver);
    double[] both = product(product(root, covarianceB, n), root, n);
    return sum - 2 * roots(symmetric(both, n), n, eigensolver);
  }

  private static double[] mean(List<float[]> all) {
    double[] mean = new double[all.get(0).length];
    for (float[] one : all) {
      Checks.equal("distance: features", mean.length, one.length);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / (double) all.size();
      }
    }
    return mean;
  }

  private static double[] covariance(List<float[]> all, double[] mean) {
    int n = mean.length;
    double[] covariance = new double[n * n];
    double[] away = new double[n];
    for (float[] one : all) {
      Arrays.setAll(away, i -> one[i] - mean[i]);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i * n + j] += away[i] * away[j] / (all.size() - 1);
        }
      }
    }
    return covariance;
  }

  /** The symmetric square root of a covariance. */
  private static double[] root(double[] covariance, int n, SymmetricEigensolver eigensolver) {
    Spectrum spectrum = eigensolver.decompose(covariance, n);
    double[] root = new double[n * n];
    for (int k = 0; k < n; k++) {
      double scale = Math.sqrt(Math.max(0, spectrum.values()[k]));
      double[] vector = spectrum.vectors()[k];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          root[i * n + j] += scale * vector[i] * vector[j];
        }
      }
    }
    return root;
  }

  private static double[] product(double[] a, double[] b, int n) {
    double[] product = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double factor = a[i * n + k];
        for (int j = 0; j < n; j++) {
          product[i * n + j] += factor * b[k * n + j];
        }
      }
    }
    return product;
  }

  private static double[] symmetric(double[] matrix, int n) {
    double[] symmetric = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        symmetric[i * n + j] = (matrix[i * n + j] + matrix[j * n + i]) / 2;
      }
    }
    return symmetric;
  }

  /** The sum of the eigenvalues' square roots. */
  private static double roots(double[] matrix, int n, SymmetricEigensolver eigensolver) {
    double[] values = eigensolver.decompose(matrix, n).values();
    return Arrays.stream(values).map(value -> Math.sqrt(Math.max(0, value))).sum();
  }

  private static double kernel(List<float[]> a, List<float[]> b) {
    return within(a) + within(b) - 2 * between(a, b);
  }

  private static double within(List<float[]> all) {
    double sum = 0;
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * kernel(all.get(i), all.get(j));
      }
    }
    return sum / all.size() / (all.size() - 1);
  }

  private static double between(List<float[]> a, List<float[]> b) {
    double sum = 0;
    for (float[] x : a) {
      for (float[] y : b) {
        sum += kernel(x, y);
      }
    }
    return sum / a.size() / b.size();
  }

  private static double kernel(float[] x, float[] y) {
    double product = 0;
    for (int i = 0; i < x.length; i++) {
      product += (double) x[i] * y[i];
    }
    double linear = product / x.length + 1;
    return linear * linear * linear;
  }
}
