package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;

/** Sums of word weights, a level weighted as {@link PyramidOptions#weight} says. */
final class SummedWeights extends PyramidPooling {
  private final double[] sums;

  SummedWeights(PyramidOptions options, int words, int size) {
    super(options, words);
    sums = new double[size];
  }

  @Override
  void pool(Descriptors descriptors, WordWeights codes, int descriptor, int from) {
    for (int pair = 0; pair < codes.perDescriptor(); pair++) {
      sums[from + codes.word(descriptor, pair)] +=
          descriptors.share(descriptor) * codes.weight(descriptor, pair);
    }
  }

  @Override
  public SparseHistogram pyramid() {
    float[] weighted = new float[sums.length];
    for (int level = 0; level < options().levels(); level++) {
      double weight = options().weight(level);
      int end = options().firstCell(level + 1) * words();
      for (int i = options().firstCell(level) * words(); i < end; i++) {
        weighted[i] = (float) (sums[i] * weight);
      }
    }
    return SparseHistogram.of(weighted);
  }
}
