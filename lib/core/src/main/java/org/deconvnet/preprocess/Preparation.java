package org.deconvnet.preprocess;

import java.io.Serializable;
import org.deconvnet.tensor.FeatureMaps;

/**
 * From an image file, or an image, to what a network is given: two steps, so that what lies between
 * them serves other uses too. Immutable and thread-safe.
 */
public interface Preparation extends Serializable {
  /**
   * The image of a file, in grey or colour, and resized. {@link #apply} of this is the whole work.
   *
   * @param content an image file's bytes
   * @throws ImageDecodeException as {@link ImageDecoder#decode} throws it
   */
  FeatureMaps decodeResized(byte[] content, DecodeLimits limits);

  /**
   * @param image 1 (grey) or 3 (red, green, blue) maps in [0, 1]; not changed
   * @throws IllegalArgumentException if there is another number of maps, or a number is not finite
   * @throws ImageTooSmallException if the image is too small for the work
   */
  FeatureMaps apply(FeatureMaps image);
}
