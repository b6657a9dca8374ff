package org.deconvnet.pyramid;

import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;
import org.deconvnet.tensor.Checks;

/**
 * The m nearest words, weighted by {@code w_k = exp(−β |d − c_k|²) / Σ_{l nearest} exp(−β |d −
 * c_l|²)}: localised soft assignment, Liu, Wang and Liu, ICCV 2011, section 3. A vocabulary of
 * fewer than m words is used whole. Of equally near words the lowest index comes first.
 * Thread-safe.
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
  public WordWeights code(DescriptorGrid grid, Codebook codebook, ConvolutionEngine engine) {
    int kept = Math.min(neighbours, codebook.words());
    int[] words = new int[grid.count() * kept];
    float[] scores = new float[words.length];
    Arrays.fill(scores, Float.POSITIVE_INFINITY);
    WordScores block = new WordScores(codebook, grid, engine);
    while (block.next()) {
      for (int k = 0; k < codebook.words(); k++) {
        for (int i = 0; i < block.count(); i++) {
          insert(words, scores, (block.first() + i) * kept, kept, k, block.get(k, i));
        }
      }
    }
    for (int from = 0; from < scores.length; from += kept) {
      softmax(scores, from, kept);
    }
    return new WordWeights(kept, words, scores);
  }

  /** Keeps the {@code kept} least scores from {@code from} on sorted; an equal one goes behind. */
  private static void insert(
      int[] words, float[] scores, int from, int kept, int word, float score) {
    int at = from + kept;
    while (at > from && score < scores[at - 1]) {
      at--;
    }
    int moved = from + kept - 1 - at;
    if (moved >= 0) {
      System.arraycopy(words, at, words, at + 1, moved);
      System.arraycopy(scores, at, scores, at + 1, moved);
      words[at] = word;
      scores[at] = score;
    }
  }

  /** Turns scores into weights. Twice a score is d² less |descriptor|², which cancels. */
  private void softmax(float[] scores, int from, int kept) {
    double nearest = scores[from];
    double sum = 0;
    for (int i = from; i < from + kept; i++) {
      sum += Math.exp(-2 * beta * (scores[i] - nearest));
    }
    for (int i = from + kept - 1; i >= from; i--) {
      scores[i] = (float) (Math.exp(-2 * beta * (scores[i] - nearest)) / sum);
    }
  }
}
