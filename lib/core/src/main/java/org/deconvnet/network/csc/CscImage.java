package org.deconvnet.network.csc;

import java.util.Arrays;
import org.deconvnet.learn.TrainingImage;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.solve.greedy.CodedImage;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.SparseMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * The state of one image while a dictionary is learned.
 *
 * @param image y, preprocessed, (C, H, W); with a mask of seen pixels as one map more, if masked
 * @param masked whether the last map says which pixels are seen
 * @param keptCode z, kept from epoch to epoch; null before the first one
 * @param trace what the last inference made of it; null before the first one
 */
public record CscImage(
    String id, FeatureMaps image, boolean masked, SparseMaps keptCode, CodeTrace trace)
    implements TrainingImage {
  /** An image that is yet to be coded. */
  public CscImage(String id, FeatureMaps image) {
    this(id, image, null, null);
  }

  /** An image no pixel of which is hidden. */
  public CscImage(String id, FeatureMaps image, SparseMaps keptCode, CodeTrace trace) {
    this(id, image, false, keptCode, trace);
  }

  /**
   * An image and its mask, as a masked image holds them; hidden pixels are zero there.
   *
   * @param pixels (C, H, W)
   * @param mask (1, H, W), 1 for pixels that are seen and 0 for those that are not
   * @throws UserErrorException if the mask has another size, or holds other numbers
   */
  public static FeatureMaps masked(FeatureMaps pixels, FeatureMaps mask) {
    if (!mask.shape().equals(pixels.shape().withMaps(1))) {
      throw new UserErrorException(
          "mask: expected %s, one map of the image's size, got %s"
              .formatted(pixels.shape().withMaps(1), mask.shape()));
    }
    for (float seen : mask.data()) {
      if (seen != 0 && seen != 1) {
        throw new UserErrorException(
            "mask: expected 1 for pixels that are seen and 0 for those that are hidden, got "
                + seen);
      }
    }
    float[] both = Arrays.copyOf(pixels.data(), pixels.data().length + mask.data().length);
    System.arraycopy(mask.data(), 0, both, pixels.data().length, mask.data().length);
    for (int i = 0; i < pixels.data().length; i++) {
      // Whatever lies there, not-a-number too, plays no part.
      both[i] = mask.data()[i % mask.data().length] == 0 ? 0 : both[i];
    }
    return FeatureMaps.of(pixels.shape().withMaps(pixels.maps() + 1), both);
  }

  /** y, (C, H, W); of a masked image newly allocated. */
  FeatureMaps pixels() {
    return masked ? maps(0, image.maps() - 1) : image;
  }

  /** (1, H, W), 1 for pixels that are seen and 0 for those that are not; null for all. */
  FeatureMaps mask() {
    return masked ? maps(image.maps() - 1, image.maps()) : null;
  }

  private FeatureMaps maps(int from, int to) {
    Checks.atLeast("masked image: maps", 2, image.maps());
    int plane = image.shape().plane();
    return FeatureMaps.of(
        image.shape().withMaps(to - from),
        Arrays.copyOfRange(image.data(), from * plane, to * plane));
  }

  CscImage with(CodedImage coded) {
    return new CscImage(id, image, masked, coded.code(), coded.trace());
  }

  CscImage withoutCode() {
    return new CscImage(id, image, masked, null, null);
  }
}
