package org.deconvnet.network.gradient.adversarial;

import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * How different images are from each other: the variance of each number over the images, averaged
 * over the numbers. A generator that has collapsed paints one image for every z.
 *
 * @param samples of generated images
 * @param images of the corpus' images
 */
public record Diversity(double samples, double images) {
  /** Less than this share of the images' variance is a collapse. */
  public static final double COLLAPSED = 0.1;

  /**
   * @param samples two or more
   * @param images two or more
   */
  public static Diversity of(List<FeatureMaps> samples, List<FeatureMaps> images) {
    return new Diversity(variance(samples), variance(images));
  }

  /** The variance of each number over the images, averaged. */
  static double variance(List<FeatureMaps> images) {
    Checks.atLeast("diversity: images", 2, images.size());
    int numbers = images.get(0).data().length;
    double sum = 0;
    for (int i = 0; i < numbers; i++) {
      double mean = 0;
      for (FeatureMaps image : images) {
        mean += image.data()[i];
      }
      mean /= images.size();
      for (FeatureMaps image : images) {
        double away = image.data()[i] - mean;
        sum += away * away;
      }
    }
    return sum / numbers / images.size();
  }

  /** The samples' variance as a share of the images'. */
  public double share() {
    return images > 0 ? samples / images : 1;
  }

  public boolean collapsed() {
    return share() < COLLAPSED;
  }
}
