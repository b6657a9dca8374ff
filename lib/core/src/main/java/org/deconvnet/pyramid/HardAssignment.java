package org.deconvnet.pyramid;

import java.util.Arrays;
import org.deconvnet.describe.Descriptors;

/** The nearest word alone, with weight 1: Lazebnik et al., CVPR 2006, section 4. Thread-safe. */
public record HardAssignment() implements Coding {
  @Override
  public int neighbours() {
    return 1;
  }

  @Override
  public WordWeights code(Descriptors descriptors, Codebook codebook, NearestWords nearest) {
    float[] weights = new float[nearest.count()];
    Arrays.fill(weights, 1);
    return new WordWeights(1, nearest.first(1), weights);
  }
}
