package org.deconvnet.restore;

import java.io.Serializable;
import java.util.Random;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * White Gaussian noise that an image's id and the seed alone decide: the same for any partitioning
 * and any order. Immutable and thread-safe.
 *
 * @param deviation standard deviation in the unit of the pixels, positive; 10/255 where pixels lie
 *     in [0, 1] and the noise is "of 10"
 * @param seed of all images' noise
 */
public record GaussianNoise(double deviation, long seed) implements Serializable {
  public GaussianNoise {
    Checks.positive("noise: standard deviation", deviation);
  }

  /**
   * The image with noise, newly allocated. Numbers are neither clipped nor rounded, so the noise
   * keeps its mean of zero at black and white.
   *
   * @param id of the image
   * @param image (C, H, W); every number gets noise of its own
   */
  public FeatureMaps addTo(String id, FeatureMaps image) {
    Random random = new Random(BatchPlan.mix(id, seed));
    FeatureMaps noisy = image.copy();
    for (int i = 0; i < noisy.data().length; i++) {
      noisy.data()[i] += (float) (deviation * random.nextGaussian());
    }
    return noisy;
  }
}
