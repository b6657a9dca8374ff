package org.deconvnet.simd;

import java.util.Arrays;
import org.deconvnet.tensor.FeatureMaps;

/** Working arrays that grow to the largest operand seen and stay. */
final class Scratch {
  private Scratch() {}

  /** An array of at least {@code length} numbers, whatever they are. */
  static float[] grown(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  static int[] grown(int[] array, int length) {
    return array.length >= length ? array : new int[length];
  }

  /** As {@link #grown}, the first {@code length} numbers being 0. */
  static float[] zeros(float[] array, int length) {
    if (array.length < length) {
      return new float[length];
    }
    Arrays.fill(array, 0, length, 0);
    return array;
  }

  /** Groups of {@link TapKernel#OUTPUTS} that hold so many outputs. */
  static int groups(int outputs) {
    return (outputs + TapKernel.OUTPUTS - 1) / TapKernel.OUTPUTS;
  }

  /** Takes one map out of a plane with a wider row stride. */
  static void copyRows(float[] plane, int from, int stride, FeatureMaps out, int map) {
    for (int y = 0; y < out.height(); y++) {
      System.arraycopy(plane, from + y * stride, out.data(), out.index(map, y, 0), out.width());
    }
  }
}
