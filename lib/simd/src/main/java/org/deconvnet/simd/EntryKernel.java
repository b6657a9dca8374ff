package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops over entries. {@link #BLOCK} vectors of the image under a group stay in registers
 * while the group's entries pass by, each with its filter moved to its column. One loop level each,
 * for the reason that {@link TapKernel} gives.
 *
 * <p>{@code places} holds where each entry's filter begins, from the start of a block's filters.
 */
final class EntryKernel {
  static final VectorSpecies<Float> SPECIES = TapKernel.SPECIES;
  static final int LANES = SPECIES.length();

  /** Vectors of a filter that one call works on. */
  static final int BLOCK = 8;

  private EntryKernel() {}

  /**
   * Synthesis: image block += Σ value · filter block.
   *
   * @param corner where the group's window begins in the image
   * @param offsets of the window's vectors, those of the block from {@code from}
   * @param filters the block of every map
   * @param first of the group's entries; {@code end} is past its last
   */
  static void add(
      float[] image,
      int corner,
      int[] offsets,
      int from,
      float[] filters,
      int filter,
      int[] places,
      float[] values,
      int first,
      int end) {
    int p0 = corner + offsets[from];
    int p1 = corner + offsets[from + 1];
    int p2 = corner + offsets[from + 2];
    int p3 = corner + offsets[from + 3];
    int p4 = corner + offsets[from + 4];
    int p5 = corner + offsets[from + 5];
    int p6 = corner + offsets[from + 6];
    int p7 = corner + offsets[from + 7];
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector a4 = zero;
    FloatVector a5 = zero;
    FloatVector a6 = zero;
    FloatVector a7 = zero;
    for (int e = first; e < end; e++) {
      int at = filter + places[e];
      FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
      a0 = FloatVector.fromArray(SPECIES, filters, at).fma(value, a0);
      a1 = FloatVector.fromArray(SPECIES, filters, at + LANES).fma(value, a1);
      a2 = FloatVector.fromArray(SPECIES, filters, at + 2 * LANES).fma(value, a2);
      a3 = FloatVector.fromArray(SPECIES, filters, at + 3 * LANES).fma(value, a3);
      a4 = FloatVector.fromArray(SPECIES, filters, at + 4 * LANES).fma(value, a4);
      a5 = FloatVector.fromArray(SPECIES, filters, at + 5 * LANES).fma(value, a5);
      a6 = FloatVector.fromArray(SPECIES, filters, at + 6 * LANES).fma(value, a6);
      a7 = FloatVector.fromArray(SPECIES, filters, at + 7 * LANES).fma(value, a7);
    }
    FloatVector.fromArray(SPECIES, image, p0).add(a0).intoArray(image, p0);
    FloatVector.fromArray(SPECIES, image, p1).add(a1).intoArray(image, p1);
    FloatVector.fromArray(SPECIES, image, p2).add(a2).intoArray(image, p2);
    FloatVector.fromArray(SPECIES, image, p3).add(a3).intoArray(image, p3);
    FloatVector.fromArray(SPECIES, image, p4).add(a4).intoArray(image, p4);
    FloatVector.fromArray(SPECIES, image, p5).add(a5).intoArray(image, p5);
    FloatVector.fromArray(SPECIES, image, p6).add(a6).intoArray(image, p6);
    FloatVector.fromArray(SPECIES, image, p7).add(a7).intoArray(image, p7);
  }

  /** Adjoint: the products of image block and filter block, lane by lane, += in {@code partial}. */
  static void dot(
      float[] image,
      int corner,
      int[] offsets,
      int from,
      float[] filters,
      int filter,
      int[] places,
      float[] partial,
      int first,
      int end) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, image, corner + offsets[from]);
    FloatVector a1 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 1]);
    FloatVector a2 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 2]);
    FloatVector a3 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 3]);
    FloatVector a4 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 4]);
    FloatVector a5 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 5]);
    FloatVector a6 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 6]);
    FloatVector a7 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 7]);
    for (int e = first; e < end; e++) {
      int at = filter + places[e];
      int to = e * LANES;
      FloatVector even = FloatVector.fromArray(SPECIES, partial, to);
      even = FloatVector.fromArray(SPECIES, filters, at).fma(a0, even);
      FloatVector odd = FloatVector.fromArray(SPECIES, filters, at + LANES).mul(a1);
      even = FloatVector.fromArray(SPECIES, filters, at + 2 * LANES).fma(a2, even);
      odd = FloatVector.fromArray(SPECIES, filters, at + 3 * LANES).fma(a3, odd);
      even = FloatVector.fromArray(SPECIES, filters, at + 4 * LANES).fma(a4, even);
      odd = FloatVector.fromArray(SPECIES, filters, at + 5 * LANES).fma(a5, odd);
      even = FloatVector.fromArray(SPECIES, filters, at + 6 * LANES).fma(a6, even);
      odd = FloatVector.fromArray(SPECIES, filters, at + 7 * LANES).fma(a7, odd);
      even.add(odd).intoArray(partial, to);
    }
  }

  /** Filter gradient: gradient block of each entry's map += value · image block. */
  static void correlate(
      float[] image,
      int corner,
      int[] offsets,
      int from,
      float[] gradients,
      int gradient,
      int[] places,
      float[] values,
      int first,
      int end) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, image, corner + offsets[from]);
    FloatVector a1 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 1]);
    FloatVector a2 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 2]);
    FloatVector a3 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 3]);
    FloatVector a4 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 4]);
    FloatVector a5 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 5]);
    FloatVector a6 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 6]);
    FloatVector a7 = FloatVector.fromArray(SPECIES, image, corner + offsets[from + 7]);
    for (int e = first; e < end; e++) {
      int at = gradient + places[e];
      FloatVector value = FloatVector.broadcast(SPECIES, values[e]);
      a0.fma(value, FloatVector.fromArray(SPECIES, gradients, at)).intoArray(gradients, at);
      a1.fma(value, FloatVector.fromArray(SPECIES, gradients, at + LANES))
          .intoArray(gradients, at + LANES);
      a2.fma(value, FloatVector.fromArray(SPECIES, gradients, at + 2 * LANES))
          .intoArray(gradients, at + 2 * LANES);
      a3.fma(value, FloatVector.fromArray(SPECIES, gradients, at + 3 * LANES))
          .intoArray(gradients, at + 3 * LANES);
      a4.fma(value, FloatVector.fromArray(SPECIES, gradients, at + 4 * LANES))
          .intoArray(gradients, at + 4 * LANES);
      a5.fma(value, FloatVector.fromArray(SPECIES, gradients, at + 5 * LANES))
          .intoArray(gradients, at + 5 * LANES);
      a6.fma(value, FloatVector.fromArray(SPECIES, gradients, at + 6 * LANES))
          .intoArray(gradients, at + 6 * LANES);
      a7.fma(value, FloatVector.fromArray(SPECIES, gradients, at + 7 * LANES))
          .intoArray(gradients, at + 7 * LANES);
    }
  }

  /** {@code sums[i] = Σ_lane partial[i · LANES + lane]}: scalar, since C2 adds lanes one by one. */
  static void sumLanes(float[] partial, int count, float[] sums) {
    for (int i = 0; i < count; i++) {
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      for (int lane = i * LANES; lane < (i + 1) * LANES; lane += 4) {
        a += partial[lane];
        b += partial[lane + 1];
        c += partial[lane + 2];
        d += partial[lane + 3];
      }
      sums[i] = (a + b) + (c + d);
    }
  }
}
