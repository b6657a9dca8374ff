package org.deconvnet.pyramid;

import org.deconvnet.describe.Descriptors;

/** The largest weight of every word in every cell, at least 0; the whole at unit norm. */
final class LargestWeights extends PyramidPooling {
  private final float[] largest;

  LargestWeights(PyramidOptions options, int words, int size) {
    super(options, words);
    largest = new float[size];
  }

  @Override
  void pool(Descriptors descriptors, WordWeights codes, int descriptor, int from) {
    double weight = descriptors.weight(descriptor);
    for (int pair = 0; pair < codes.perDescriptor(); pair++) {
      int at = from + codes.word(descriptor, pair);
      largest[at] = Math.max(largest[at], (float) (weight * codes.weight(descriptor, pair)));
    }
  }

  @Override
  public SparseHistogram pyramid() {
    return SparseHistogram.ofUnitNorm(largest);
  }
}
