package org.deconvnet.solve.greedy;

import java.io.Serializable;

/**
 * A tile's part in the objective and its certificate. Pixels of overlapping windows are counted
 * once.
 *
 * @param squaredError ‖y − D z‖²
 * @param squaredImage ‖y‖²
 * @param along ⟨y, y − D z⟩
 * @param sparsity Σ κ |z|
 * @param entries of the code
 * @param excess the largest d_kᵀ (y − D z) / κ_k
 * @param largestMove how far a proximal step would move the coefficient that it moves most
 */
public record TileSums(
    double squaredError,
    double squaredImage,
    double along,
    double sparsity,
    long entries,
    double excess,
    double largestMove)
    implements Serializable {
  static final TileSums NONE = new TileSums(0, 0, 0, 0, 0, 0, 0);

  TileSums plus(TileSums other) {
    return new TileSums(
        squaredError + other.squaredError,
        squaredImage + other.squaredImage,
        along + other.along,
        sparsity + other.sparsity,
        entries + other.entries,
        Math.max(excess, other.excess),
        Math.max(largestMove, other.largestMove));
  }
}
