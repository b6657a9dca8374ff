package org.deconvnet.network.gradient.adversarial;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * The z that images are generated from, uniform in [−1, 1): a seed and what they are for decide
 * every number, wherever they are drawn. Thread-safe.
 */
public final class Noise {
  private Noise() {}

  /** Of a ghost group in a step of training: fills the array. */
  static void ofGroup(float[] z, long seed, long step, int group) {
    fill(z, BatchPlan.mix("step " + step + ", group " + group, seed));
  }

  /**
   * The z of an image that is shown or compared.
   *
   * @param shape (numbers, 1, 1)
   * @param number of the image, from 0
   */
  public static FeatureMaps ofImage(Shape shape, long seed, int number) {
    FeatureMaps z = FeatureMaps.zeros(shape);
    fill(z.data(), BatchPlan.mix("image " + number, seed));
    return z;
  }

  /** The first so many. */
  public static List<FeatureMaps> ofImages(Shape shape, long seed, int images) {
    List<FeatureMaps> all = new ArrayList<>();
    for (int number = 0; number < images; number++) {
      all.add(ofImage(shape, seed, number));
    }
    return all;
  }

  private static void fill(float[] z, long state) {
    SplittableRandom random = new SplittableRandom(state);
    for (int i = 0; i < z.length; i++) {
      // 24 bits are all that a float below 1 has.
      z[i] = (random.nextInt() >>> 8) * 0x1p-23f - 1;
    }
  }

  /**
   * The way from one z to another in equal steps, both ends included.
   *
   * @param steps from 2
   */
  public static List<FeatureMaps> between(FeatureMaps from, FeatureMaps to, int steps) {
    List<FeatureMaps> way = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      float share = step / (float) (steps - 1);
      FeatureMaps z = FeatureMaps.zeros(from.shape());
      for (int i = 0; i < z.data().length; i++) {
        z.data()[i] = (1 - share) * from.data()[i] + share * to.data()[i];
      }
      way.add(z);
    }
    return way;
  }
}
