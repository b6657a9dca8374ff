package org.deconvnet.preprocess;

/** What a window sees where it reaches beyond the edge of an image. */
public enum Border {
  /** The image mirrored at its edge pixels (row -1 is row 1); the size stays. */
  REFLECT,

  /**
   * Nothing: only windows that lie within the image count, so that a window of n pixels takes n - 1
   * rows and columns from the size.
   */
  VALID
}
