package org.deconvnet.operator;

import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * What happens at the edges of an image of N rows (or columns) that filters of s rows build up. An
 * atom is a filter laid at one place; the place of a map's row is that of the atom's first row.
 */
public enum Boundary {
  /** Atoms hang over the edges, and what hangs over is not seen: N + s − 1 places. */
  VALID,
  /** Atoms lie in the image as a whole: N − s + 1 places. */
  FULL,
  /** What leaves at one edge comes in at the other: N places. */
  CIRCULAR;

  /** Rows of a map. */
  public int places(int pixels, int side) {
    return switch (this) {
      case VALID -> pixels + side - 1;
      case FULL -> pixels - side + 1;
      case CIRCULAR -> pixels;
    };
  }

  /** The image's row, perhaps outside of it, on which the atom at a place begins. */
  public int firstPixel(int place, int side) {
    return this == VALID ? place - (side - 1) : place;
  }

  /**
   * The place where an atom is that begins on a given row.
   *
   * @param pixel from −(s − 1) to N − 1
   * @return −1 if there is no such place
   */
  public int place(int pixel, int pixels, int side) {
    return switch (this) {
      case VALID -> pixel + side - 1;
      case FULL -> pixel < 0 || pixel > pixels - side ? -1 : pixel;
      case CIRCULAR -> Math.floorMod(pixel, pixels);
    };
  }

  /**
   * Shape of the maps that build up an image.
   *
   * @param image (C, H, W)
   * @throws UserErrorException if the image is smaller than a filter
   */
  public Shape maps(FilterBank filters, Shape image) {
    Checks.equal("filter bank: channels", filters.channels(), image.maps());
    int side = filters.side();
    requireRoom(side, image);
    return new Shape(filters.maps(), places(image.height(), side), places(image.width(), side));
  }

  /**
   * @throws UserErrorException if the image is smaller than a filter
   */
  public void requireRoom(int side, Shape image) {
    if (image.height() < side || image.width() < side) {
      throw new UserErrorException(
          "image of %d x %d pixels: expected at least the filters' %d x %d; leave such images out, enlarge them, or use smaller filters"
              .formatted(image.height(), image.width(), side, side));
    }
  }
}
