package org.deconvnet.network.patches;

import java.io.Serializable;
import java.util.Random;
import java.util.stream.IntStream;
import org.deconvnet.learn.BatchPlan;
import org.deconvnet.tensor.FeatureMaps;

/**
 * Which windows of an image are learned from: so many places, decided by a seed and the image's id
 * alone, some perhaps twice; all places where an image has no more.
 *
 * @param windows what is taken
 * @param count how many of an image; 0: all
 * @param seed of these
 */
public record DrawnWindows(WindowOptions windows, int count, long seed) implements Serializable {
  /**
   * @param seed of the whole learning
   * @param epoch from 1; 0 before the first and after the last one
   */
  static DrawnWindows of(PatchesOptions options, long seed, int epoch) {
    return new DrawnWindows(options.coding().windows(), options.drawn(), seed * 1_000_003L + epoch);
  }

  /** The windows, their means subtracted or not, in pixels, (C s², 1, windows). */
  FeatureMaps of(String id, FeatureMaps image) {
    return Windows.at(image, windows, places(id, image));
  }

  private int[] places(String id, FeatureMaps image) {
    int all = windows.grid(image.shape()).maps(1).size();
    if (count == 0 || count >= all) {
      return IntStream.range(0, all).toArray();
    }
    return new Random(BatchPlan.mix(id, seed)).ints(count, 0, all).toArray();
  }
}
