package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.deconvnet.kernels.CoordinateState;

/**
 * Coordinate descent's inner loop, all maps of a place in vectors: the change and the search for
 * the next move in one visit of the numbers.
 */
final class CoordinateKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int NO_SIGN = Integer.MAX_VALUE;

  private CoordinateKernel() {}

  static void descend(
      CoordinateState state, float change, float[] products, int from, int place, int places) {
    int maps = state.maps();
    float[] gradient = state.gradient();
    float[] code = state.code();
    float[] low = state.low();
    float[] high = state.high();
    float[] largest = state.largest();
    FloatVector by = FloatVector.broadcast(SPECIES, change);
    for (int p = 0; p < places; p++) {
      int at = (place + p) * maps;
      int product = from + p * maps;
      IntVector most = IntVector.zero(BITS);
      for (int k = 0; k < maps; k += LANES) {
        FloatVector g = FloatVector.fromArray(SPECIES, gradient, at + k);
        g = FloatVector.fromArray(SPECIES, products, product + k).fma(by, g);
        g.intoArray(gradient, at + k);
        FloatVector moved = g.add(FloatVector.fromArray(SPECIES, code, at + k));
        FloatVector lowest = FloatVector.fromArray(SPECIES, low, k);
        FloatVector highest = FloatVector.fromArray(SPECIES, high, k);
        moved = moved.blend(lowest, moved.compare(VectorOperators.LT, lowest));
        moved = moved.blend(highest, moved.compare(VectorOperators.GT, highest));
        // Sizes order as their bits do; whole numbers have a cheaper maximum than floats.
        most = most.max(g.sub(moved).reinterpretAsInts().and(NO_SIGN));
      }
      largest[place + p] = Float.intBitsToFloat(most.reduceLanes(VectorOperators.MAX));
    }
  }
}
