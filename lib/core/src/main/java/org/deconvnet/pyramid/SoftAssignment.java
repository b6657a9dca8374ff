package org.deconvnet.pyramid;

import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;

/**
 * The nearest few words, weighted by a softmax of −β times the squared distance; weights sum to 1.
 */
public final class SoftAssignment implements Coding {
  private static final long serialVersionUID = 1;

  /** Five words, β = 10: what worked for unit-norm descriptors. */
  public static final SoftAssignment DEFAULT = new SoftAssignment(5, 10);

  private final int neighbours;
  private final double beta;

  public SoftAssignment(int neighbours, double beta) {
    Checks.atLeast("soft assignment: neighbours", 1, neighbours);
    Checks.positive("soft assignment: beta", beta);
    this.neighbours = neighbours;
    this.beta = beta;
  }

  @Override
  public CodedDescriptors code(Codebook codebook, DescriptorGrid grid, ConvolutionEngine engine) {
    int kept = Math.min(neighbours, codebook.words());
    int[] words = new int[grid.count() * kept];
    float[] weights = new float[words.length];
    codebook.score(
        grid,
        engine,
        (d, scores) -> {
          nearest(scores, words, weights, d * kept, kept);
          softmax(weights, d * kept, kept);
        });
    return new CodedDescriptors(kept, words, weights);
  }

  /** Insertion into a short sorted list: largest score first, of equal ones the first word. */
  private static void nearest(float[] scores, int[] words, float[] best, int from, int kept) {
    int filled = 0;
    for (int k = 0; k < scores.length; k++) {
      if (filled == kept && scores[k] <= best[from + kept - 1]) {
        continue;
      }
      int at = filled < kept ? filled++ : kept - 1;
      while (at > 0 && scores[k] > best[from + at - 1]) {
        best[from + at] = best[from + at - 1];
        words[from + at] = words[from + at - 1];
        at--;
      }
      best[from + at] = scores[k];
      words[from + at] = k;
    }
  }

  /** −β‖d − c‖² and 2β(⟨c, d⟩ − ‖c‖²/2) differ by what the softmax cancels. */
  private void softmax(float[] scores, int from, int kept) {
    double largest = scores[from];
    double sum = 0;
    for (int i = from; i < from + kept; i++) {
      double weight = Math.exp(2 * beta * (scores[i] - largest));
      scores[i] = (float) weight;
      sum += weight;
    }
    for (int i = from; i < from + kept; i++) {
      scores[i] /= (float) sum;
    }
  }
}
