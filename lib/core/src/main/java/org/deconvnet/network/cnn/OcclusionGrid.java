package org.deconvnet.network.cnn;

import java.util.stream.IntStream;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * The places of a square that slides over an image, row by row. It never leaves the image. Where
 * steps do not end at the image's rim, one shorter step does, so every pixel is covered at some
 * place unless steps are longer than the square. Immutable and thread-safe.
 */
public final class OcclusionGrid {
  private final int size;
  private final int[] tops;
  private final int[] lefts;
  private final int[] rowOfPixel;
  private final int[] columnOfPixel;

  /**
   * @param image (C, H, W)
   * @throws UserErrorException if the square is larger than the image
   */
  public OcclusionGrid(OcclusionOptions options, Shape image) {
    if (options.size() > Math.min(image.height(), image.width())) {
      throw new UserErrorException(
          "size of the square: expected at most the shorter side of the network's input of %d x %d pixels, got %d"
              .formatted(image.height(), image.width(), options.size()));
    }
    size = options.size();
    tops = starts(image.height(), options);
    lefts = starts(image.width(), options);
    rowOfPixel = nearest(image.height(), tops);
    columnOfPixel = nearest(image.width(), lefts);
  }

  private static int[] starts(int side, OcclusionOptions options) {
    int last = side - options.size();
    int count = (last + options.step() - 1) / options.step() + 1;
    return IntStream.range(0, count).map(i -> Math.min(last, i * options.step())).toArray();
  }

  /** For each pixel the start whose square has its middle nearest, the first of two. */
  private int[] nearest(int side, int[] starts) {
    int[] nearest = new int[side];
    for (int pixel = 1; pixel < side; pixel++) {
      int best = nearest[pixel - 1];
      while (best + 1 < starts.length
          && distance(pixel, starts[best + 1]) < distance(pixel, starts[best])) {
        best++;
      }
      nearest[pixel] = best;
    }
    return nearest;
  }

  /** Twice the distance of a pixel's middle from a square's. */
  private int distance(int pixel, int start) {
    return Math.abs(2 * pixel + 1 - 2 * start - size);
  }

  /** How many places there are. */
  public int places() {
    return tops.length * lefts.length;
  }

  /** The square's first row at a place. */
  public int top(int place) {
    return tops[place / lefts.length];
  }

  /** The square's first column at a place. */
  public int left(int place) {
    return lefts[place % lefts.length];
  }

  /** The place at which the square's middle is nearest to a pixel. */
  public int place(int row, int column) {
    return rowOfPixel[row] * lefts.length + columnOfPixel[column];
  }

  /** Rows of the image. */
  public int height() {
    return rowOfPixel.length;
  }

  /** Columns of the image. */
  public int width() {
    return columnOfPixel.length;
  }

  /**
   * The same image with the square on it, newly allocated.
   *
   * @param image (C, H, W), in whatever numbers
   * @param grey (C, 1, 1), the square's
   */
  public FeatureMaps covered(FeatureMaps image, FeatureMaps grey, int place) {
    FeatureMaps covered = image.copy();
    for (int map = 0; map < image.maps(); map++) {
      for (int y = top(place); y < top(place) + size; y++) {
        for (int x = left(place); x < left(place) + size; x++) {
          covered.set(map, y, x, grey.get(map, 0, 0));
        }
      }
    }
    return covered;
  }
}
