package org.deconvnet.restore;

import java.util.stream.IntStream;
import org.deconvnet.preprocess.Border;
import org.deconvnet.preprocess.GaussianWindow;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Hidden pixels become the mean of seen ones around them, by Gaussian weights. Each pixel has the
 * smallest window, of standard deviation 1, 2, 4, ... pixels, that a seen one lies in. Beyond its
 * edges an image is mirrored.
 */
public final class GaussianFill {
  private GaussianFill() {}

  /**
   * The image, newly allocated, its seen pixels as they are.
   *
   * @param image (C, H, W); what hidden pixels hold plays no part, NaN neither
   * @param mask (1, H, W), 1 for pixels that are seen and 0 for those that are hidden
   * @throws UserErrorException if the mask has another size, or no pixel is seen
   */
  public static FeatureMaps of(FeatureMaps image, FeatureMaps mask) {
    check(image, mask);
    FeatureMaps filled = image.copy();
    int[] hidden =
        IntStream.range(0, mask.data().length).filter(i -> mask.data()[i] == 0).toArray();
    for (int sigma = 1; hidden.length > 0; sigma *= 2) {
      hidden = fill(filled, mask, hidden, sigma);
    }
    return filled;
  }

  private static void check(FeatureMaps image, FeatureMaps mask) {
    if (!mask.shape().equals(image.shape().withMaps(1))) {
      throw new UserErrorException(
          "mask: expected %d x %d pixels, height by width, as the image has, got %d x %d"
              .formatted(image.height(), image.width(), mask.height(), mask.width()));
    }
    if (mask.nonZeros() == 0) {
      throw new UserErrorException(
          "mask: expected a pixel that is seen, got all %d x %d hidden"
              .formatted(mask.height(), mask.width()));
    }
  }

  /** Fills hidden pixels from windows of one size; returns those whose window sees nothing. */
  private static int[] fill(FeatureMaps filled, FeatureMaps mask, int[] hidden, int sigma) {
    GaussianWindow window = new GaussianWindow(6 * sigma + 1, sigma, Border.REFLECT);
    double[] weights = window.average(seen(mask, 0, mask), mask.height(), mask.width());
    int plane = mask.shape().plane();
    for (int map = 0; map < filled.maps(); map++) {
      double[] sums = window.average(seen(filled, map, mask), mask.height(), mask.width());
      for (int i : hidden) {
        if (weights[i] > 0) {
          filled.data()[map * plane + i] = (float) (sums[i] / weights[i]);
        }
      }
    }
    return IntStream.of(hidden).filter(i -> weights[i] == 0).toArray();
  }

  /** One map, hidden pixels zero. */
  private static double[] seen(FeatureMaps image, int map, FeatureMaps mask) {
    double[] seen = new double[mask.data().length];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = mask.data()[i] == 0 ? 0 : image.data()[map * seen.length + i];
    }
    return seen;
  }
}
