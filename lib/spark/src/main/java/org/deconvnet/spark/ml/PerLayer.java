package org.deconvnet.spark.ml;

import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.words.Count;

/** Array parameters: one value for all layers, or one a layer; of a dictionary, a size. */
final class PerLayer {
  private PerLayer() {}

  static int at(int[] values, int layer, int depth, String name) {
    return values[index(values.length, layer, depth, name)];
  }

  static double at(double[] values, int layer, int depth, String name) {
    return values[index(values.length, layer, depth, name)];
  }

  static String at(String[] values, int layer, int depth, String name) {
    return values[index(values.length, layer, depth, name)];
  }

  private static int index(int length, int layer, int depth, String name) {
    if (length != 1 && length != depth) {
      throw new UserErrorException(
          "%s: expected 1 value or one for each of %s, got %d"
              .formatted(name, Count.of(depth, "layer"), length));
    }
    return length == 1 ? 0 : layer;
  }
}
