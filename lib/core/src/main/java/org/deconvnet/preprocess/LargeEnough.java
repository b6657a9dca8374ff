package org.deconvnet.preprocess;

import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A crop of images that need not be enlarged for it. Immutable and thread-safe.
 *
 * @param least fewest rows and columns of a file's image; smaller ones are refused undecoded
 */
public record LargeEnough(MiddleCrop crop, int least) implements Preparation {
  /**
   * @throws ImageTooSmallException if the image has fewer rows or columns
   */
  @Override
  public FeatureMaps decodeResized(byte[] content, DecodeLimits limits) {
    Shape size = ImageDecoder.size(content, limits, crop.upright());
    if (Math.min(size.height(), size.width()) < least) {
      throw new ImageTooSmallException(
          "expected at least %d x %d pixels, since images are not to be enlarged, got %d x %d"
              .formatted(least, least, size.height(), size.width()));
    }
    return crop.decodeResized(content, limits);
  }

  @Override
  public FeatureMaps apply(FeatureMaps image) {
    return crop.apply(image);
  }
}
