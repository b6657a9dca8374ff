package org.deconvnet.network.gradient.adversarial;

import org.deconvnet.tensor.FeatureMaps;

/** Between pixels as images have them, in [0, 1], and as tanh gives them, in [−1, 1]. */
public final class PixelRange {
  private PixelRange() {}

  /** From [0, 1] to [−1, 1], newly allocated. */
  public static FeatureMaps toSigned(FeatureMaps image) {
    return mapped(image, 2, -1);
  }

  /** From [−1, 1] to [0, 1], newly allocated. */
  public static FeatureMaps toUnit(FeatureMaps image) {
    return mapped(image, 0.5f, 0.5f);
  }

  private static FeatureMaps mapped(FeatureMaps image, float factor, float shift) {
    FeatureMaps out = FeatureMaps.zeros(image.shape());
    for (int i = 0; i < out.data().length; i++) {
      out.data()[i] = image.data()[i] * factor + shift;
    }
    return out;
  }
}
