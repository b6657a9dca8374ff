package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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

  /** {@code sum[at + i] += term[from + i]}. */
  static void addRun(float[] sum, int at, float[] term, int from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector.fromArray(SPECIES, sum, at + i)
          .add(FloatVector.fromArray(SPECIES, term, from + i))
          .intoArray(sum, at + i);
    }
    for (; i < count; i++) {
      sum[at + i] += term[from + i];
    }
  }

  /** The running strongest of each column; see the engine's method. */
  static void strongest(
      float[] best, float[] lines, float line, float[] data, int from, int count) {
    FloatVector number = FloatVector.broadcast(SPECIES, line);
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector challenger = FloatVector.fromArray(SPECIES, data, from + i);
      FloatVector present = FloatVector.fromArray(SPECIES, best, i);
      FloatVector size = challenger.abs();
      FloatVector most = present.abs();
      VectorMask<Float> wins =
          size.compare(VectorOperators.LE, most)
              .not()
              .or(
                  size.compare(VectorOperators.EQ, most)
                      .and(challenger.compare(VectorOperators.LT, present)))
              .and(present.compare(VectorOperators.EQ, present));
      present.blend(challenger, wins).intoArray(best, i);
      FloatVector.fromArray(SPECIES, lines, i).blend(number, wins).intoArray(lines, i);
    }
    for (; i < count; i++) {
      oneColumn(best, lines, line, data[from + i], i);
    }
  }

  private static void oneColumn(float[] best, float[] lines, float line, float challenger, int i) {
    float size = Math.abs(challenger);
    float most = Math.abs(best[i]);
    boolean wins = !(size <= most) || (size == most && challenger < best[i]);
    if (wins && !Float.isNaN(best[i])) {
      best[i] = challenger;
      lines[i] = line;
    }
  }
}
