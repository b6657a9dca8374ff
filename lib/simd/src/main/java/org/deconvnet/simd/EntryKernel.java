package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One entry of a feature map against a whole filter: added into the image, or read from it. One
 * loop level each, over a table of offsets, for the reason that {@link TapKernel} gives.
 */
final class EntryKernel {
  static final VectorSpecies<Float> SPECIES = TapKernel.SPECIES;
  static final int LANES = SPECIES.length();

  private EntryKernel() {}

  /** {@code image[corner + offsets[t] + lane] += value · filter[from + t · LANES + lane]}. */
  static void add(float[] image, int corner, int[] offsets, float[] filter, int from, float value) {
    FloatVector factor = FloatVector.broadcast(SPECIES, value);
    for (int t = 0; t < offsets.length; t++) {
      int at = corner + offsets[t];
      FloatVector.fromArray(SPECIES, filter, from + t * LANES)
          .fma(factor, FloatVector.fromArray(SPECIES, image, at))
          .intoArray(image, at);
    }
  }

  /** Σ image[corner + offsets[t] + lane] · filter[from + t · LANES + lane]. */
  static float dot(float[] image, int corner, int[] offsets, float[] filter, int from) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector even = zero;
    FloatVector odd = zero;
    for (int t = 0; t < offsets.length; t += 2) {
      even =
          FloatVector.fromArray(SPECIES, image, corner + offsets[t])
              .fma(FloatVector.fromArray(SPECIES, filter, from + t * LANES), even);
      odd =
          FloatVector.fromArray(SPECIES, image, corner + offsets[t + 1])
              .fma(FloatVector.fromArray(SPECIES, filter, from + t * LANES + LANES), odd);
    }
    return zero.add(even).add(odd).reduceLanes(VectorOperators.ADD);
  }

  /** {@code most[i] ← max(most[i], |data[from + i]|)}. */
  static void raise(float[] most, float[] data, int from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector.fromArray(SPECIES, data, from + i)
          .abs()
          .max(FloatVector.fromArray(SPECIES, most, i))
          .intoArray(most, i);
    }
    for (; i < count; i++) {
      most[i] = Math.max(most[i], Math.abs(data[from + i]));
    }
  }
}
