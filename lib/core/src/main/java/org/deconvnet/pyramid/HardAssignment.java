package org.deconvnet.pyramid;

import java.util.Arrays;
import org.deconvnet.conv.ConvolutionEngine;
import org.deconvnet.features.DescriptorGrid;

/** Vector quantisation: the nearest word with weight 1; of equally near ones, the first. */
public final class HardAssignment implements Coding {
  private static final long serialVersionUID = 1;

  @Override
  public CodedDescriptors code(Codebook codebook, DescriptorGrid grid, ConvolutionEngine engine) {
    int[] words = new int[grid.count()];
    codebook.score(grid, engine, (d, scores) -> words[d] = largest(scores));
    float[] weights = new float[words.length];
    Arrays.fill(weights, 1);
    return new CodedDescriptors(1, words, weights);
  }

  private static int largest(float[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[best]) {
        best = k;
      }
    }
    return best;
  }
}
