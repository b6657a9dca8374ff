package org.deconvnet.network.deconvolutional;

import java.io.Serializable;

/**
 * What half-quadratic splitting made of one image: the objective λ/2 ‖F z − y‖² + κ Σ|z|^α in its
 * parts, F being the layer's reconstruction.
 *
 * @param dataTerm λ/2 ‖F z − y‖² for the dense code z
 * @param sparsity κ Σ|z|^α for the dense code z
 * @param sparseSparsity κ Σ|x|^α for the sparse code x
 * @param squaredError ‖F z − y‖²
 * @param squaredImage ‖y‖²
 * @param nonZeros entries of x that are not zero
 * @param entries entries of x, and of z
 */
public record HqsTrace(
    double dataTerm,
    double sparsity,
    double sparseSparsity,
    double squaredError,
    double squaredImage,
    long nonZeros,
    long entries)
    implements Serializable {
  /** Of the dense code. */
  public double objective() {
    return dataTerm + sparsity;
  }

  /** ‖F z − y‖ / ‖y‖; 0 for an image of zeros that is reconstructed exactly. */
  public double relativeError() {
    return squaredError == 0 ? 0 : Math.sqrt(squaredError / squaredImage);
  }

  /** The share of entries of x that are not zero. */
  public double density() {
    return (double) nonZeros / entries;
  }
}
