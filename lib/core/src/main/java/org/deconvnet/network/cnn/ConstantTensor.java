package org.deconvnet.network.cnn;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Numbers that belong to a network: filters, biases, scales. Thread-safe.
 *
 * @param dimensions their sizes, the slowest first; none for a single number; not to be changed
 * @param source reads the numbers in that order, anew each time: large networks are not kept twice
 */
public record ConstantTensor(int[] dimensions, Supplier<float[]> source) {
  int rank() {
    return dimensions.length;
  }

  /** How many numbers there are. */
  int size() {
    return Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
  }

  /** Newly read. */
  float[] data() {
    return source.get();
  }

  private boolean alongMaps(int axis, int maps) {
    return axis >= 0 && dimensions[axis] == maps;
  }

  /**
   * One number a map, of what broadcasting spreads over the maps of an image: (1), (K), (K, 1, 1)
   * or (1, K, 1, 1).
   *
   * @param spatial whether the maps have rows and columns, so that (K) would lie along columns
   * @throws NoRuleException if it is another shape
   */
  float[] perMap(int maps, boolean spatial) {
    if (size() == 1) {
      float[] same = new float[maps];
      Arrays.fill(same, data()[0]);
      return same;
    }
    boolean fits = alongMaps(rank() - 3, maps) || (!spatial && alongMaps(rank() - 1, maps));
    if (size() != maps || !fits) {
      throw new NoRuleException(
          "expected one number, or one a map, got a constant of %s"
              .formatted(Arrays.toString(dimensions)));
    }
    return data();
  }
}
