package org.deconvnet.operator.cnn;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/** One number a map, added to all of it: what makes a convolution affine. */
public final class Bias {
  private Bias() {}

  /**
   * Adds to maps in place.
   *
   * @param bias one number a map
   */
  public static void add(float[] bias, FeatureMaps maps) {
    Checks.equal("bias: numbers", maps.maps(), bias.length);
    int plane = maps.shape().plane();
    for (int k = 0; k < bias.length; k++) {
      for (int i = k * plane; i < (k + 1) * plane; i++) {
        maps.data()[i] += bias[k];
      }
    }
  }

  /**
   * Adjoint of {@link #add} in the bias: the sum of each map, in double precision.
   *
   * @param bias receives one number a map
   */
  public static void gradient(FeatureMaps maps, float[] bias) {
    Checks.equal("bias: numbers", maps.maps(), bias.length);
    int plane = maps.shape().plane();
    for (int k = 0; k < bias.length; k++) {
      double sum = 0;
      for (int i = k * plane; i < (k + 1) * plane; i++) {
        sum += maps.data()[i];
      }
      bias[k] = (float) sum;
    }
  }
}
