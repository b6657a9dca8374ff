package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Twelve chains of multiply-adds that never leave the registers: the processor's own limit. */
final class PeakKernel {
  private static final VectorSpecies<Float> SPECIES = TapKernel.SPECIES;
  private static final int CHAINS = 12;

  /** In one round. */
  static final int OPERATIONS = 2 * CHAINS * SPECIES.length();

  private PeakKernel() {}

  static float run(int rounds) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
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
      a = a.fma(factor, term);
      b = b.fma(factor, term);
      c = c.fma(factor, term);
      d = d.fma(factor, term);
      e = e.fma(factor, term);
      f = f.fma(factor, term);
      g = g.fma(factor, term);
      h = h.fma(factor, term);
      i = i.fma(factor, term);
      j = j.fma(factor, term);
      k = k.fma(factor, term);
      l = l.fma(factor, term);
    }
    FloatVector first = zero.add(a).add(b).add(c).add(d).add(e).add(f);
    return first.add(g).add(h).add(i).add(j).add(k).add(l).reduceLanes(VectorOperators.ADD);
  }
}
