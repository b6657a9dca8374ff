package org.deconvnet.describe;

/**
 * Descriptors of one image, whatever they describe: numbers, the patch that each belongs to, and
 * how much each counts in the image's pyramid. All of the image's, or a part ({@link
 * DescriptorParts}).
 */
public interface Descriptors {
  int imageHeight();

  int imageWidth();

  /** Rows and columns of one patch in pixels. */
  int patch();

  /** How many descriptors there are. */
  int count();

  int dimension();

  /** The numbers themselves, (descriptor, dimension), dimension fastest, shared with the caller. */
  float[] values();

  /** First pixel row of a descriptor's patch. */
  int row(int descriptor);

  /** First pixel column of a descriptor's patch. */
  int column(int descriptor);

  /** What a descriptor counts for in a sum; over all descriptors of the image this sums to 1. */
  double share(int descriptor);

  /** What a descriptor counts for where the largest is taken: above 0, at most 1. */
  double weight(int descriptor);
}
