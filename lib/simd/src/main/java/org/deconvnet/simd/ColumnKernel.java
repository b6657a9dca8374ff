package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the rows of a table, many columns at once, in registers from the first row to the last.
 * Each column adds in the order of the rows, so its sum does not depend on the vectors' width.
 */
final class ColumnKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int AT_ONCE = 4 * LANES;

  private ColumnKernel() {}

  static void addProducts(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums) {
    int x = 0;
    for (; x + AT_ONCE <= sums.length; x += AT_ONCE) {
      products(table, rows, values, from, to, first, sums, x);
    }
    for (; x < sums.length; x++) {
      for (int i = from; i < to; i++) {
        float entry = table[(rows[i] - first) * sums.length + x];
        sums[x] = Math.fma(values[i], entry, sums[x]);
      }
    }
  }

  static void addMinima(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums) {
    int x = 0;
    for (; x + AT_ONCE <= sums.length; x += AT_ONCE) {
      minima(table, rows, values, from, to, first, sums, x);
    }
    for (; x < sums.length; x++) {
      for (int i = from; i < to; i++) {
        sums[x] += Math.min(values[i], table[(rows[i] - first) * sums.length + x]);
      }
    }
  }

  private static void products(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums, int x) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, x);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, x + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, x + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums, x + 3 * LANES);
    for (int i = from; i < to; i++) {
      FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
      int at = (rows[i] - first) * sums.length + x;
      s0 = FloatVector.fromArray(SPECIES, table, at).fma(value, s0);
      s1 = FloatVector.fromArray(SPECIES, table, at + LANES).fma(value, s1);
      s2 = FloatVector.fromArray(SPECIES, table, at + 2 * LANES).fma(value, s2);
      s3 = FloatVector.fromArray(SPECIES, table, at + 3 * LANES).fma(value, s3);
    }
    zero.add(s0).intoArray(sums, x);
    zero.add(s1).intoArray(sums, x + LANES);
    zero.add(s2).intoArray(sums, x + 2 * LANES);
    zero.add(s3).intoArray(sums, x + 3 * LANES);
  }

  private static void minima(
      float[] table, int[] rows, float[] values, int from, int to, int first, float[] sums, int x) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s0 = FloatVector.fromArray(SPECIES, sums, x);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sums, x + LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sums, x + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sums, x + 3 * LANES);
    for (int i = from; i < to; i++) {
      FloatVector value = FloatVector.broadcast(SPECIES, values[i]);
      int at = (rows[i] - first) * sums.length + x;
      FloatVector t0 = FloatVector.fromArray(SPECIES, table, at);
      FloatVector t1 = FloatVector.fromArray(SPECIES, table, at + LANES);
      FloatVector t2 = FloatVector.fromArray(SPECIES, table, at + 2 * LANES);
      FloatVector t3 = FloatVector.fromArray(SPECIES, table, at + 3 * LANES);
      // A comparison and a choice: the vector minimum also cares for −0 and NaN, which costs more.
      s0 = s0.add(t0.blend(value, t0.compare(VectorOperators.GT, value)));
      s1 = s1.add(t1.blend(value, t1.compare(VectorOperators.GT, value)));
      s2 = s2.add(t2.blend(value, t2.compare(VectorOperators.GT, value)));
      s3 = s3.add(t3.blend(value, t3.compare(VectorOperators.GT, value)));
    }
    zero.add(s0).intoArray(sums, x);
    zero.add(s1).intoArray(sums, x + LANES);
    zero.add(s2).intoArray(sums, x + 2 * LANES);
    zero.add(s3).intoArray(sums, x + 3 * LANES);
  }
}
