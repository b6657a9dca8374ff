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

  private CoordinateKernel() {}

  static void descend(
      CoordinateState state, float change, float[] products, int from, int place, int places) {
    if (state.nonNegative()) {
      upwards(state, change, products, from, place, places);
    } else {
      bothWays(state, change, products, from, place, places);
    }
  }

  private static void bothWays(
      CoordinateState state, float change, float[] products, int from, int place, int places) {
    int maps = state.maps();
    float[] gradient = state.gradient();
    float[] bounds = state.bounds();
    FloatVector by = FloatVector.broadcast(SPECIES, change);
    for (int p = 0; p < places; p++) {
      int at = (place + p) * maps;
      int product = from + p * maps;
      IntVector most = IntVector.zero(BITS);
      for (int k = 0; k < maps; k += LANES) {
        FloatVector g = FloatVector.fromArray(SPECIES, gradient, at + k);
        g = FloatVector.fromArray(SPECIES, products, product + k).fma(by, g);
        g.intoArray(gradient, at + k);
        FloatVector move = g.abs().sub(FloatVector.fromArray(SPECIES, bounds, k));
        // From zero up, floats order as their bits do, whose maximum is the cheaper one.
        most = most.max(move.reinterpretAsInts());
      }
      state.largest()[place + p] = Float.intBitsToFloat(most.reduceLanes(VectorOperators.MAX));
    }
  }

  private static void upwards(
      CoordinateState state, float change, float[] products, int from, int place, int places) {
    int maps = state.maps();
    float[] gradient = state.gradient();
    float[] bounds = state.bounds();
    FloatVector by = FloatVector.broadcast(SPECIES, change);
    for (int p = 0; p < places; p++) {
      int at = (place + p) * maps;
      int product = from + p * maps;
      IntVector most = IntVector.zero(BITS);
      for (int k = 0; k < maps; k += LANES) {
        FloatVector g = FloatVector.fromArray(SPECIES, gradient, at + k);
        g = FloatVector.fromArray(SPECIES, products, product + k).fma(by, g);
        g.intoArray(gradient, at + k);
        FloatVector move = g.sub(FloatVector.fromArray(SPECIES, bounds, k));
        most = most.max(move.reinterpretAsInts());
      }
      state.largest()[place + p] = Float.intBitsToFloat(most.reduceLanes(VectorOperators.MAX));
    }
  }
}
