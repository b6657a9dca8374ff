package org.deconvnet.pursuit;

import java.util.Arrays;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;

/**
 * All windows of {@value #SIDE} x {@value #SIDE} pixels of a grey image in [0, 1], at every pixel,
 * less their own means. A flat one, whose norm is then below a grey level of 8 bits, becomes zeros.
 * Thread-safe as long as nobody writes to the image.
 */
public final class PixelWindows {
  /** Rows and columns of a window. */
  public static final int SIDE = 5;

  /** Numbers of a window, row by row. */
  public static final int DIMENSION = SIDE * SIDE;

  /** Weaker windows are noise of the file: they get no code. */
  private static final float FLAT = 1f / 255;

  private final FeatureMaps grey;

  /**
   * @param grey (1, H, W)
   * @throws IllegalArgumentException if there are several maps
   */
  public PixelWindows(FeatureMaps grey) {
    Checks.equal("pixel windows: maps of a grey image", 1, grey.maps());
    this.grey = grey;
  }

  /** Rows of windows; 0 in an image that is too small. */
  public int rows() {
    return Math.max(0, grey.height() - SIDE + 1);
  }

  /** Windows of a row; 0 in an image that is too small. */
  public int columns() {
    return Math.max(0, grey.width() - SIDE + 1);
  }

  /**
   * Windows that lie next to each other.
   *
   * @param row first pixel row
   * @param column first pixel column of the first one
   * @param out receives (window, {@link #DIMENSION}), as many as {@code count}
   */
  void along(int row, int column, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      copy(row, column + i, out, i * DIMENSION);
    }
  }

  /**
   * A window.
   *
   * @param place row · {@link #columns} + column
   * @return {@link #DIMENSION} numbers, newly allocated
   */
  public float[] at(int place) {
    float[] window = new float[DIMENSION];
    copy(place / columns(), place % columns(), window, 0);
    return window;
  }

  private void copy(int row, int column, float[] out, int to) {
    float[] pixels = grey.data();
    float sum = 0;
    for (int y = 0; y < SIDE; y++) {
      int from = grey.index(0, row + y, column);
      for (int x = 0; x < SIDE; x++) {
        out[to + y * SIDE + x] = pixels[from + x];
        sum += pixels[from + x];
      }
    }
    float mean = sum / DIMENSION;
    float squares = 0;
    for (int i = to; i < to + DIMENSION; i++) {
      out[i] -= mean;
      squares += out[i] * out[i];
    }
    if (squares < FLAT * FLAT) {
      Arrays.fill(out, to, to + DIMENSION, 0);
    }
  }
}
