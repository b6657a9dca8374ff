package org.deconvnet.preprocess;

/**
 * How the stored rows and columns stand to the upright image, in the order of the values 1 to 8 of
 * EXIF and TIFF (tag 274). An upright row is a stored row or a stored column, read in either
 * direction.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, false, true),
  HALF_TURNED(false, true, true),
  FLIPPED(false, true, false),
  TRANSPOSED(true, false, false),
  TURNED_LEFT(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_RIGHT(true, true, false);

  private final boolean swapped;
  private final boolean linesBackwards;
  private final boolean pixelsBackwards;

  Orientation(boolean swapped, boolean linesBackwards, boolean pixelsBackwards) {
    this.swapped = swapped;
    this.linesBackwards = linesBackwards;
    this.pixelsBackwards = pixelsBackwards;
  }

  /** What a tag's value means; values that mean nothing leave the image as it is stored. */
  static Orientation of(long tag) {
    return tag >= 1 && tag <= values().length ? values()[(int) tag - 1] : UPRIGHT;
  }

  /** Stored columns are upright rows: width and height change places. */
  boolean swapped() {
    return swapped;
  }

  /** The last stored row or column is the first upright row. */
  boolean linesBackwards() {
    return linesBackwards;
  }

  /** The last stored pixel of a row or column is the first pixel of the upright row. */
  boolean pixelsBackwards() {
    return pixelsBackwards;
  }
}
