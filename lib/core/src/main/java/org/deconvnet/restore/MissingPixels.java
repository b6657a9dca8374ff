package org.deconvnet.restore;

import java.io.Serializable;
import java.util.Random;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * Which pixels of an image are hidden for a trial: a share, drawn at random, that the image's id,
 * its size and the seed alone decide. Immutable and thread-safe.
 *
 * @param share of all pixels, above 0 and below 1
 * @param seed of all images' masks
 */
public record MissingPixels(double share, long seed) implements Serializable {
  public MissingPixels {
    if (!(share > 0 && share < 1)) {
      throw new UserErrorException(
          "missing pixels: expected a share above 0 and below 1, got " + share);
    }
  }

  /**
   * A mask that hides the share, to the nearest pixel; at least one, and not all of several.
   *
   * @param id of the image
   * @return (1, H, W), 1 for pixels that are seen and 0 for those that are hidden
   */
  public FeatureMaps mask(String id, Shape image) {
    Random random = new Random(BatchPlan.mix(id, seed));
    FeatureMaps mask = FeatureMaps.zeros(image.withMaps(1));
    int pixels = image.plane();
    int hidden = Math.max(1, Math.min(pixels - 1, (int) Math.round(share * pixels)));
    for (int i = 0; i < pixels; i++) {
      // As many of those that are left as are still to hide: every choice is equally likely.
      if (random.nextInt(pixels - i) < hidden) {
        hidden--;
      } else {
        mask.data()[i] = 1;
      }
    }
    return mask;
  }
}
