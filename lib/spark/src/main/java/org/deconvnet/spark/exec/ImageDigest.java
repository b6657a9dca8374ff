package org.deconvnet.spark.exec;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.deconvnet.spark.checkpoint.RunIdentity;
import org.deconvnet.tensor.FeatureMaps;

/** Which images there are, in any order and partition. */
public final class ImageDigest {
  private ImageDigest() {}

  /**
   * One pass over the images.
   *
   * @param id an image's id, which the digest takes in
   * @param pixels its numbers, which the digest takes in
   */
  public static <T> RunIdentity.Images of(
      JavaRDD<T> images, Function<T, String> id, Function<T, FeatureMaps> pixels) {
    return images
        .map(image -> RunIdentity.Images.of(id.call(image), pixels.call(image)))
        .treeAggregate(RunIdentity.Images.NONE, RunIdentity.Images::plus, RunIdentity.Images::plus);
  }
}
