package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loop of every dense operation. Four outputs at once, each {@code out_m[p] += Σ_t
 * w[t][m] · in[p + offset_t]} for a run of positions p: an input vector, once loaded, serves four
 * outputs, and a weight serves four vectors.
 *
 * <p>The methods are long on purpose. C2 of JDK 17 keeps vectors in registers only if the loop has
 * one level, and only if each accumulator passes through an addition before it is stored or, as in
 * {@link ProductKernel}, starts from memory; smaller methods or nested loops make it allocate every
 * vector, which costs a factor of thirty. With a local for the weights' index the loop of two
 * vectors was a tenth to a fifth slower.
 */
final class TapKernel {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Outputs computed at once. */
  static final int OUTPUTS = 4;

  /**
   * Sixteen sums, four vectors and a weight want 21 registers. AVX-512 and NEON have 32. AVX2 has
   * 16, which twelve sums, three vectors and a weight fill exactly.
   */
  static final boolean MANY_REGISTERS =
      LANES >= 16 || System.getProperty("os.arch", "").equals("aarch64");

  /** Positions computed at once where a run is long enough. */
  static final int BLOCK = (MANY_REGISTERS ? 4 : 3) * LANES;

  private float[] near = {};

  /**
   * A run of positions. The outputs' runs may overlap each other, but {@code out} is not {@code
   * in}.
   *
   * @param in input, read from {@code base + offset}
   * @param offsets one a tap
   * @param weights w[t][m] at {@code weight + 4 t + m}
   * @param out receives output m from {@code to_m}
   * @param length a multiple of {@link #LANES}
   */
  void run(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2,
      int to3,
      int length) {
    int p = 0;
    for (; MANY_REGISTERS && p + 4 * LANES <= length; p += 4 * LANES) {
      fourVectors(
          in, base + p, offsets, taps, weights, weight, out, to0 + p, to1 + p, to2 + p, to3 + p);
    }
    if (!MANY_REGISTERS && BLOCK <= length) {
      near = Scratch.grown(near, OUTPUTS * taps);
      System.arraycopy(weights, weight, near, 0, OUTPUTS * taps);
    }
    for (; !MANY_REGISTERS && p + 3 * LANES <= length; p += 3 * LANES) {
      threeVectors(
          in,
          base + p,
          offsets,
          near,
          0,
          OUTPUTS * taps,
          2,
          out,
          to0 + p,
          to1 + p,
          to2 + p,
          to3 + p);
    }
    for (; p + 2 * LANES <= length; p += 2 * LANES) {
      twoVectors(
          in, base + p, offsets, taps, weights, weight, out, to0 + p, to1 + p, to2 + p, to3 + p);
    }
    for (; p < length; p += LANES) {
      oneVector(
          in, base + p, offsets, taps, weights, weight, out, to0 + p, to1 + p, to2 + p, to3 + p);
    }
  }

  private static void fourVectors(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2,
      int to3) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector a3 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector b2 = zero;
    FloatVector b3 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    FloatVector d2 = zero;
    FloatVector d3 = zero;
    for (int t = 0; t < taps; t++) {
      int at = base + offsets[t];
      FloatVector v0 = FloatVector.fromArray(SPECIES, in, at);
      FloatVector v1 = FloatVector.fromArray(SPECIES, in, at + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, in, at + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, in, at + 3 * LANES);
      FloatVector wa = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t]);
      a0 = v0.fma(wa, a0);
      a1 = v1.fma(wa, a1);
      a2 = v2.fma(wa, a2);
      a3 = v3.fma(wa, a3);
      FloatVector wb = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 1]);
      b0 = v0.fma(wb, b0);
      b1 = v1.fma(wb, b1);
      b2 = v2.fma(wb, b2);
      b3 = v3.fma(wb, b3);
      FloatVector wc = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 2]);
      c0 = v0.fma(wc, c0);
      c1 = v1.fma(wc, c1);
      c2 = v2.fma(wc, c2);
      c3 = v3.fma(wc, c3);
      FloatVector wd = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 3]);
      d0 = v0.fma(wd, d0);
      d1 = v1.fma(wd, d1);
      d2 = v2.fma(wd, d2);
      d3 = v3.fma(wd, d3);
    }
    FloatVector.fromArray(SPECIES, out, to0).add(a0).intoArray(out, to0);
    FloatVector.fromArray(SPECIES, out, to0 + LANES).add(a1).intoArray(out, to0 + LANES);
    FloatVector.fromArray(SPECIES, out, to0 + 2 * LANES).add(a2).intoArray(out, to0 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to0 + 3 * LANES).add(a3).intoArray(out, to0 + 3 * LANES);
    FloatVector.fromArray(SPECIES, out, to1).add(b0).intoArray(out, to1);
    FloatVector.fromArray(SPECIES, out, to1 + LANES).add(b1).intoArray(out, to1 + LANES);
    FloatVector.fromArray(SPECIES, out, to1 + 2 * LANES).add(b2).intoArray(out, to1 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to1 + 3 * LANES).add(b3).intoArray(out, to1 + 3 * LANES);
    FloatVector.fromArray(SPECIES, out, to2).add(c0).intoArray(out, to2);
    FloatVector.fromArray(SPECIES, out, to2 + LANES).add(c1).intoArray(out, to2 + LANES);
    FloatVector.fromArray(SPECIES, out, to2 + 2 * LANES).add(c2).intoArray(out, to2 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to2 + 3 * LANES).add(c3).intoArray(out, to2 + 3 * LANES);
    FloatVector.fromArray(SPECIES, out, to3).add(d0).intoArray(out, to3);
    FloatVector.fromArray(SPECIES, out, to3 + LANES).add(d1).intoArray(out, to3 + LANES);
    FloatVector.fromArray(SPECIES, out, to3 + 2 * LANES).add(d2).intoArray(out, to3 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to3 + 3 * LANES).add(d3).intoArray(out, to3 + 3 * LANES);
  }

  /**
   * In sixteen vector registers and thirteen others, both full to the last: a variable more, and C2
   * keeps one of them on the stack, written and read again for every tap.
   *
   * @param weights w[t][m] at {@code 4 t + m}
   * @param weight 0, which C2 must not know: it would load weights ahead of their use
   * @param end the weights' end
   * @param two 2, for the same reason
   */
  private static void threeVectors(
      float[] in,
      int base,
      int[] offsets,
      float[] weights,
      int weight,
      int end,
      int two,
      float[] out,
      int to0,
      int to1,
      int to2,
      int to3) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector a2 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector b2 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    FloatVector d2 = zero;
    for (int w = weight; w < end; w += OUTPUTS) {
      int at = base + offsets[w >> 2];
      FloatVector v0 = FloatVector.fromArray(SPECIES, in, at);
      FloatVector v1 = FloatVector.fromArray(SPECIES, in, at + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, in, at + 2 * LANES);
      FloatVector wa = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = v0.fma(wa, a0);
      a1 = v1.fma(wa, a1);
      a2 = v2.fma(wa, a2);
      FloatVector wb = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = v0.fma(wb, b0);
      b1 = v1.fma(wb, b1);
      b2 = v2.fma(wb, b2);
      FloatVector wc = FloatVector.broadcast(SPECIES, weights[w + two]);
      c0 = v0.fma(wc, c0);
      c1 = v1.fma(wc, c1);
      c2 = v2.fma(wc, c2);
      FloatVector wd = FloatVector.broadcast(SPECIES, weights[w + two + 1]);
      d0 = v0.fma(wd, d0);
      d1 = v1.fma(wd, d1);
      d2 = v2.fma(wd, d2);
    }
    FloatVector.fromArray(SPECIES, out, to0).add(a0).intoArray(out, to0);
    FloatVector.fromArray(SPECIES, out, to0 + LANES).add(a1).intoArray(out, to0 + LANES);
    FloatVector.fromArray(SPECIES, out, to0 + 2 * LANES).add(a2).intoArray(out, to0 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to1).add(b0).intoArray(out, to1);
    FloatVector.fromArray(SPECIES, out, to1 + LANES).add(b1).intoArray(out, to1 + LANES);
    FloatVector.fromArray(SPECIES, out, to1 + 2 * LANES).add(b2).intoArray(out, to1 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to2).add(c0).intoArray(out, to2);
    FloatVector.fromArray(SPECIES, out, to2 + LANES).add(c1).intoArray(out, to2 + LANES);
    FloatVector.fromArray(SPECIES, out, to2 + 2 * LANES).add(c2).intoArray(out, to2 + 2 * LANES);
    FloatVector.fromArray(SPECIES, out, to3).add(d0).intoArray(out, to3);
    FloatVector.fromArray(SPECIES, out, to3 + LANES).add(d1).intoArray(out, to3 + LANES);
    FloatVector.fromArray(SPECIES, out, to3 + 2 * LANES).add(d2).intoArray(out, to3 + 2 * LANES);
  }

  private static void twoVectors(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2,
      int to3) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector a1 = zero;
    FloatVector b0 = zero;
    FloatVector b1 = zero;
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector d0 = zero;
    FloatVector d1 = zero;
    for (int t = 0; t < taps; t++) {
      int at = base + offsets[t];
      FloatVector v0 = FloatVector.fromArray(SPECIES, in, at);
      FloatVector v1 = FloatVector.fromArray(SPECIES, in, at + LANES);
      FloatVector wa = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t]);
      a0 = v0.fma(wa, a0);
      a1 = v1.fma(wa, a1);
      FloatVector wb = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 1]);
      b0 = v0.fma(wb, b0);
      b1 = v1.fma(wb, b1);
      FloatVector wc = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 2]);
      c0 = v0.fma(wc, c0);
      c1 = v1.fma(wc, c1);
      FloatVector wd = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 3]);
      d0 = v0.fma(wd, d0);
      d1 = v1.fma(wd, d1);
    }
    FloatVector.fromArray(SPECIES, out, to0).add(a0).intoArray(out, to0);
    FloatVector.fromArray(SPECIES, out, to0 + LANES).add(a1).intoArray(out, to0 + LANES);
    FloatVector.fromArray(SPECIES, out, to1).add(b0).intoArray(out, to1);
    FloatVector.fromArray(SPECIES, out, to1 + LANES).add(b1).intoArray(out, to1 + LANES);
    FloatVector.fromArray(SPECIES, out, to2).add(c0).intoArray(out, to2);
    FloatVector.fromArray(SPECIES, out, to2 + LANES).add(c1).intoArray(out, to2 + LANES);
    FloatVector.fromArray(SPECIES, out, to3).add(d0).intoArray(out, to3);
    FloatVector.fromArray(SPECIES, out, to3 + LANES).add(d1).intoArray(out, to3 + LANES);
  }

  private static void oneVector(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to0,
      int to1,
      int to2,
      int to3) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a0 = zero;
    FloatVector b0 = zero;
    FloatVector c0 = zero;
    FloatVector d0 = zero;
    for (int t = 0; t < taps; t++) {
      int at = base + offsets[t];
      FloatVector v0 = FloatVector.fromArray(SPECIES, in, at);
      FloatVector wa = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t]);
      a0 = v0.fma(wa, a0);
      FloatVector wb = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 1]);
      b0 = v0.fma(wb, b0);
      FloatVector wc = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 2]);
      c0 = v0.fma(wc, c0);
      FloatVector wd = FloatVector.broadcast(SPECIES, weights[weight + OUTPUTS * t + 3]);
      d0 = v0.fma(wd, d0);
    }
    FloatVector.fromArray(SPECIES, out, to0).add(a0).intoArray(out, to0);
    FloatVector.fromArray(SPECIES, out, to1).add(b0).intoArray(out, to1);
    FloatVector.fromArray(SPECIES, out, to2).add(c0).intoArray(out, to2);
    FloatVector.fromArray(SPECIES, out, to3).add(d0).intoArray(out, to3);
  }

  /** {@code length} filled up to whole vectors. */
  static int roundUp(int length) {
    return (length + LANES - 1) / LANES * LANES;
  }
}
