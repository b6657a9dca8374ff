package org.deconvnet.solve;

import java.io.Serializable;

/**
 * The objective λ/2 ‖R z − y‖² + |z|₁ of one image in its parts.
 *
 * @param dataTerm λ/2 ‖R z − y‖²
 * @param sparsity |z|₁
 * @param squaredError ‖R z − y‖²
 * @param squaredImage ‖y‖²
 * @param nonZeros entries of z that are not zero
 * @param entries entries of z
 */
public record CodeTrace(
    double dataTerm,
    double sparsity,
    double squaredError,
    double squaredImage,
    long nonZeros,
    long entries)
    implements Serializable {
  public double objective() {
    return dataTerm + sparsity;
  }
}
