package org.deconvnet.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.deconvnet.kernels.ArrayKernels;

/** The inner loop of pooling, many columns at once, with ranks in place of comparisons by cases. */
final class RankKernel {
  private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private RankKernel() {}

  static void strongest(
      float[] data, int[] starts, int lines, int width, int[] ranks, int[] winners) {
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
      columns(data, starts, lines, x, ranks, winners);
    }
    if (x > 0 && x < width) {
      // Columns do not depend on each other: the last vector takes some of them once more.
      columns(data, starts, lines, width - LANES, ranks, winners);
      return;
    }
    for (; x < width; x++) {
      oneColumn(data, starts, lines, x, ranks, winners);
    }
  }

  private static void columns(
      float[] data, int[] starts, int lines, int x, int[] ranks, int[] winners) {
    IntVector zero = IntVector.zero(SPECIES);
    IntVector lowest = IntVector.broadcast(SPECIES, Integer.MIN_VALUE);
    IntVector best = lowest;
    IntVector winner = zero;
    for (int line = 0; line < lines; line++) {
      IntVector bits =
          FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, data, starts[line] + x)
              .reinterpretAsInts();
      // The sign goes to the lowest bit; the highest is turned for a signed comparison.
      IntVector rank = bits.add(bits).add(bits.lanewise(VectorOperators.LSHR, 31)).add(lowest);
      VectorMask<Integer> wins = rank.compare(VectorOperators.GT, best);
      winner = winner.blend(IntVector.broadcast(SPECIES, line), wins);
      best = best.max(rank);
    }
    zero.add(best).intoArray(ranks, x);
    zero.add(winner).intoArray(winners, x);
  }

  private static void oneColumn(
      float[] data, int[] starts, int lines, int x, int[] ranks, int[] winners) {
    ranks[x] = Integer.MIN_VALUE;
    winners[x] = 0;
    for (int line = 0; line < lines; line++) {
      int rank = ArrayKernels.rank(data[starts[line] + x]);
      if (rank > ranks[x]) {
        ranks[x] = rank;
        winners[x] = line;
      }
    }
  }
}
