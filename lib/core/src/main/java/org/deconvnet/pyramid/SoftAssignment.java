package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;
import org.deconvnet.tensor.Checks;

/**
 * The m nearest words, weighted by {@code w_k = exp(−β |d − c_k|²) / Σ_{l nearest} exp(−β |d −
 * c_l|²)}: localised soft assignment, Liu, Wang and Liu, ICCV 2011, section 3. A vocabulary of
 * fewer than m words is used whole. Thread-safe.
 *
 * @param neighbours words m that a descriptor counts for
 * @param beta steepness β of the weights in the squared distance
 */
public record SoftAssignment(int neighbours, double beta) implements Coding {
  /** Five words, β = 10. */
  public static final SoftAssignment DEFAULTS = new SoftAssignment(5, 10);

  public SoftAssignment {
    Checks.atLeast("soft assignment: neighbours", 1, neighbours);
    Checks.positive("soft assignment: beta", beta);
  }

  @Override
  public WordWeights code(Descriptors descriptors, Codebook codebook, NearestWords nearest) {
    int kept = Math.min(neighbours, nearest.perDescriptor());
    float[] weights = new float[nearest.count() * kept];
    for (int i = 0; i < nearest.count(); i++) {
      softmax(nearest, i, weights, kept);
    }
    return new WordWeights(kept, nearest.first(kept), weights);
  }

  /** Twice a score is d² less |descriptor|², which cancels. */
  private void softmax(NearestWords nearest, int descriptor, float[] weights, int kept) {
    double least = nearest.score(descriptor, 0);
    double sum = 0;
    for (int i = 0; i < kept; i++) {
      sum += Math.exp(-2 * beta * (nearest.score(descriptor, i) - least));
    }
    for (int i = 0; i < kept; i++) {
      weights[descriptor * kept + i] =
          (float) (Math.exp(-2 * beta * (nearest.score(descriptor, i) - least)) / sum);
    }
  }
}
