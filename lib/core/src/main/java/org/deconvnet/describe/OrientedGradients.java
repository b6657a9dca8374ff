package org.deconvnet.describe;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * Gradient energy by direction, the maps that SIFT describes: with central differences (g_x, g_y)
 * of a grey image, one-sided at the border, the magnitude |g| goes to the two of n directions next
 * to the gradient's angle, shared linearly. {@link PatchDescriptors} of these maps with 4 x 4 cells
 * and n = 8 are dense SIFT descriptors of 128 numbers: the hand-made feature that learned ones are
 * compared with. Source: Lowe, IJCV 2004, sections 5 and 6, without its rotation and its Gaussian
 * weight, as in Lazebnik et al., CVPR 2006. Thread-safe: holds nothing but n.
 *
 * @param directions n over the full circle
 */
public record OrientedGradients(int directions) {
  /** Eight directions. */
  public static final OrientedGradients DEFAULTS = new OrientedGradients(8);

  public OrientedGradients {
    Checks.atLeast("oriented gradients: directions", 2, directions);
  }

  /**
   * @param grey (1, H, W)
   * @return (n, H, W), none negative
   * @throws IllegalArgumentException if the image has several channels
   */
  public FeatureMaps apply(FeatureMaps grey) {
    Checks.equal("oriented gradients: channels", 1, grey.maps());
    FeatureMaps maps = FeatureMaps.zeros(new Shape(directions, grey.height(), grey.width()));
    for (int y = 0; y < grey.height(); y++) {
      for (int x = 0; x < grey.width(); x++) {
        share(maps, y, x, difference(grey, y, x, 0, 1), difference(grey, y, x, 1, 0));
      }
    }
    return maps;
  }

  private static double difference(FeatureMaps grey, int y, int x, int down, int right) {
    int below = Math.min(y + down, grey.height() - 1);
    int above = Math.max(y - down, 0);
    int after = Math.min(x + right, grey.width() - 1);
    int before = Math.max(x - right, 0);
    int distance = Math.max(1, below - above + after - before);
    return (grey.data()[grey.index(0, below, after)] - grey.data()[grey.index(0, above, before)])
        / (double) distance;
  }

  private void share(FeatureMaps maps, int y, int x, double gx, double gy) {
    double magnitude = Math.sqrt(gx * gx + gy * gy);
    double turn = Math.atan2(gy, gx) / (2 * Math.PI);
    double place = (turn < 0 ? turn + 1 : turn) * directions;
    int low = (int) place;
    double rest = place - low;
    add(maps, low % directions, y, x, magnitude * (1 - rest));
    add(maps, (low + 1) % directions, y, x, magnitude * rest);
  }

  private static void add(FeatureMaps maps, int direction, int y, int x, double value) {
    maps.data()[maps.index(direction, y, x)] += (float) value;
  }
}
