package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops. Four outputs at once, each {@code out_m[p] = Σ_t w[t][m] · in[p + offset_t]} for
 * a run of positions p: an input vector, once loaded, serves four outputs.
 *
 * <p>The methods are long on purpose. C2 of JDK 17 keeps vectors in registers only if the loop has
 * one level, and only if each accumulator passes through an addition before it is stored; smaller
 * methods or nested loops make it allocate every vector, which costs a factor of thirty.
 */
final class TapKernel {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private TapKernel() {}

  /**
   * A run of positions of at least {@link #LANES}; the last vector may overlap the one before.
   *
   * @param in input, read from {@code base + offset}
   * @param offsets one a tap
   * @param weights four a tap, from {@code weight}
   * @param out receives output m from {@code to + m · apart}
   */
  static void run(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to,
      int apart,
      int length) {
    int p = 0;
    for (; p + 4 * LANES <= length; p += 4 * LANES) {
      fourVectors(in, base + p, offsets, taps, weights, weight, out, to + p, apart);
    }
    for (; p + 2 * LANES <= length; p += 2 * LANES) {
      twoVectors(in, base + p, offsets, taps, weights, weight, out, to + p, apart);
    }
    for (; p < length; p += LANES) {
      int at = Math.min(p, length - LANES);
      oneVector(in, base + at, offsets, taps, weights, weight, out, to + at, apart);
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
      int to,
      int apart) {
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
      int w = weight + 4 * t;
      FloatVector v0 = FloatVector.fromArray(SPECIES, in, at);
      FloatVector v1 = FloatVector.fromArray(SPECIES, in, at + LANES);
      FloatVector v2 = FloatVector.fromArray(SPECIES, in, at + 2 * LANES);
      FloatVector v3 = FloatVector.fromArray(SPECIES, in, at + 3 * LANES);
      FloatVector wa = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = v0.fma(wa, a0);
      a1 = v1.fma(wa, a1);
      a2 = v2.fma(wa, a2);
      a3 = v3.fma(wa, a3);
      FloatVector wb = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = v0.fma(wb, b0);
      b1 = v1.fma(wb, b1);
      b2 = v2.fma(wb, b2);
      b3 = v3.fma(wb, b3);
      FloatVector wc = FloatVector.broadcast(SPECIES, weights[w + 2]);
      c0 = v0.fma(wc, c0);
      c1 = v1.fma(wc, c1);
      c2 = v2.fma(wc, c2);
      c3 = v3.fma(wc, c3);
      FloatVector wd = FloatVector.broadcast(SPECIES, weights[w + 3]);
      d0 = v0.fma(wd, d0);
      d1 = v1.fma(wd, d1);
      d2 = v2.fma(wd, d2);
      d3 = v3.fma(wd, d3);
    }
    zero.add(a0).intoArray(out, to);
    zero.add(a1).intoArray(out, to + LANES);
    zero.add(a2).intoArray(out, to + 2 * LANES);
    zero.add(a3).intoArray(out, to + 3 * LANES);
    zero.add(b0).intoArray(out, to + apart);
    zero.add(b1).intoArray(out, to + apart + LANES);
    zero.add(b2).intoArray(out, to + apart + 2 * LANES);
    zero.add(b3).intoArray(out, to + apart + 3 * LANES);
    zero.add(c0).intoArray(out, to + 2 * apart);
    zero.add(c1).intoArray(out, to + 2 * apart + LANES);
    zero.add(c2).intoArray(out, to + 2 * apart + 2 * LANES);
    zero.add(c3).intoArray(out, to + 2 * apart + 3 * LANES);
    zero.add(d0).intoArray(out, to + 3 * apart);
    zero.add(d1).intoArray(out, to + 3 * apart + LANES);
    zero.add(d2).intoArray(out, to + 3 * apart + 2 * LANES);
    zero.add(d3).intoArray(out, to + 3 * apart + 3 * LANES);
  }

  private static void twoVectors(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to,
      int apart) {
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
      int w = weight + 4 * t;
      FloatVector v0 = FloatVector.fromArray(SPECIES, in, at);
      FloatVector v1 = FloatVector.fromArray(SPECIES, in, at + LANES);
      FloatVector wa = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = v0.fma(wa, a0);
      a1 = v1.fma(wa, a1);
      FloatVector wb = FloatVector.broadcast(SPECIES, weights[w + 1]);
      b0 = v0.fma(wb, b0);
      b1 = v1.fma(wb, b1);
      FloatVector wc = FloatVector.broadcast(SPECIES, weights[w + 2]);
      c0 = v0.fma(wc, c0);
      c1 = v1.fma(wc, c1);
      FloatVector wd = FloatVector.broadcast(SPECIES, weights[w + 3]);
      d0 = v0.fma(wd, d0);
      d1 = v1.fma(wd, d1);
    }
    zero.add(a0).intoArray(out, to);
    zero.add(a1).intoArray(out, to + LANES);
    zero.add(b0).intoArray(out, to + apart);
    zero.add(b1).intoArray(out, to + apart + LANES);
    zero.add(c0).intoArray(out, to + 2 * apart);
    zero.add(c1).intoArray(out, to + 2 * apart + LANES);
    zero.add(d0).intoArray(out, to + 3 * apart);
    zero.add(d1).intoArray(out, to + 3 * apart + LANES);
  }

  private static void oneVector(
      float[] in,
      int base,
      int[] offsets,
      int taps,
      float[] weights,
      int weight,
      float[] out,
      int to,
      int apart) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector a = zero;
    FloatVector b = zero;
    FloatVector c = zero;
    FloatVector d = zero;
    for (int t = 0; t < taps; t++) {
      FloatVector v = FloatVector.fromArray(SPECIES, in, base + offsets[t]);
      int w = weight + 4 * t;
      a = v.fma(FloatVector.broadcast(SPECIES, weights[w]), a);
      b = v.fma(FloatVector.broadcast(SPECIES, weights[w + 1]), b);
      c = v.fma(FloatVector.broadcast(SPECIES, weights[w + 2]), c);
      d = v.fma(FloatVector.broadcast(SPECIES, weights[w + 3]), d);
    }
    zero.add(a).intoArray(out, to);
    zero.add(b).intoArray(out, to + apart);
    zero.add(c).intoArray(out, to + 2 * apart);
    zero.add(d).intoArray(out, to + 3 * apart);
  }

  /**
   * Sixteen inner products at once: {@code sums[4a + b] = Σ_p x[xa + p] · y[yb + p]} for four runs
   * of x and four of y. {@code length} is a multiple of {@link #LANES}.
   */
  static void products(
      float[] x,
      int x0,
      int x1,
      int x2,
      int x3,
      float[] y,
      int y0,
      int y1,
      int y2,
      int y3,
      int length,
      float[] sums) {
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
    for (int p = 0; p < length; p += LANES) {
      FloatVector u0 = FloatVector.fromArray(SPECIES, y, y0 + p);
      FloatVector u1 = FloatVector.fromArray(SPECIES, y, y1 + p);
      FloatVector u2 = FloatVector.fromArray(SPECIES, y, y2 + p);
      FloatVector u3 = FloatVector.fromArray(SPECIES, y, y3 + p);
      FloatVector va = FloatVector.fromArray(SPECIES, x, x0 + p);
      a0 = va.fma(u0, a0);
      a1 = va.fma(u1, a1);
      a2 = va.fma(u2, a2);
      a3 = va.fma(u3, a3);
      FloatVector vb = FloatVector.fromArray(SPECIES, x, x1 + p);
      b0 = vb.fma(u0, b0);
      b1 = vb.fma(u1, b1);
      b2 = vb.fma(u2, b2);
      b3 = vb.fma(u3, b3);
      FloatVector vc = FloatVector.fromArray(SPECIES, x, x2 + p);
      c0 = vc.fma(u0, c0);
      c1 = vc.fma(u1, c1);
      c2 = vc.fma(u2, c2);
      c3 = vc.fma(u3, c3);
      FloatVector vd = FloatVector.fromArray(SPECIES, x, x3 + p);
      d0 = vd.fma(u0, d0);
      d1 = vd.fma(u1, d1);
      d2 = vd.fma(u2, d2);
      d3 = vd.fma(u3, d3);
    }
    sums[0] = total(zero.add(a0));
    sums[1] = total(zero.add(a1));
    sums[2] = total(zero.add(a2));
    sums[3] = total(zero.add(a3));
    sums[4] = total(zero.add(b0));
    sums[5] = total(zero.add(b1));
    sums[6] = total(zero.add(b2));
    sums[7] = total(zero.add(b3));
    sums[8] = total(zero.add(c0));
    sums[9] = total(zero.add(c1));
    sums[10] = total(zero.add(c2));
    sums[11] = total(zero.add(c3));
    sums[12] = total(zero.add(d0));
    sums[13] = total(zero.add(d1));
    sums[14] = total(zero.add(d2));
    sums[15] = total(zero.add(d3));
  }

  private static float total(FloatVector v) {
    return v.reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
  }
}
