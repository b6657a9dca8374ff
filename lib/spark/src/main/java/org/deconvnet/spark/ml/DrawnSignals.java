package org.deconvnet.spark.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.deconvnet.learn.BatchPlan;

/**
 * Descriptors or windows of one image that were drawn to learn from.
 *
 * @param signals each of as many numbers
 */
record DrawnSignals(float[][] signals) implements Serializable {

  /**
   * Different places in an image, decided by its id and the seed alone.
   *
   * @param count places that there are
   * @param most places to draw; fewer where there are fewer
   */
  static int[] places(String id, long seed, int count, int most) {
    return new Random(BatchPlan.mix(id, seed))
        .ints(0, Math.max(1, count))
        .distinct()
        .limit(Math.min(most, count))
        .toArray();
  }

  /**
   * Flat regions give the same signal, all zeros, many times over: each different one counts once,
   * and words start apart. The order is that of the numbers.
   */
  static List<float[]> distinct(List<DrawnSignals> drawn) {
    Set<float[]> all = new TreeSet<>(Arrays::compare);
    drawn.forEach(image -> all.addAll(Arrays.asList(image.signals())));
    return new ArrayList<>(all);
  }
}
