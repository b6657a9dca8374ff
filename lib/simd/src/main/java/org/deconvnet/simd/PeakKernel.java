package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Twelve chains of multiply-adds that never leave the registers: the processor's own limit. Each
 * adds to its own sum, in place. A sum that were multiplied and got a constant added would cost a
 * copy of the constant, and 16 registers do not hold the copies: 0.85 of the limit.
 */
final class PeakKernel {
  private static final VectorSpecies<Float> SPECIES = TapKernel.SPECIES;
  private static final int CHAINS = 12;

  /** In one round. */
  static final int OPERATIONS = 2 * CHAINS * SPECIES.length();

  private PeakKernel() {}

  static float run(int rounds) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0x1p-10f);
    FloatVector a = zero;
    FloatVector b = zero;
    FloatVector c = zero;
    FloatVector d = zero;
    FloatVector e = zero;
    FloatVector f = zero;
    FloatVector g = zero;
    FloatVector h = zero;
    FloatVector i = zero;
    FloatVector j = zero;
    FloatVector k = zero;
    FloatVector l = zero;
    for (int round = 0; round < rounds; round++) {
      a = factor.fma(term, a);
      b = factor.fma(term, b);
      c = factor.fma(term, c);
      d = factor.fma(term, d);
      e = factor.fma(term, e);
      f = factor.fma(term, f);
      g = factor.fma(term, g);
      h = factor.fma(term, h);
      i = factor.fma(term, i);
      j = factor.fma(term, j);
      k = factor.fma(term, k);
      l = factor.fma(term, l);
    }
    FloatVector first = zero.add(a).add(b).add(c).add(d).add(e).add(f);
    return first.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
  }
}
