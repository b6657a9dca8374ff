package org.deconvnet.label;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * The class of each pixel of an image, row by row, a byte each. The array is shared, not copied.
 * Thread-safe as long as nobody writes to it.
 *
 * @param height rows, from 1
 * @param width columns, from 1
 * @param values classes from 0 to 254 as unsigned bytes, (row, column), or {@link #VOID}
 */
public record LabelMap(int height, int width, byte[] values) implements Serializable {
  /** The label of a pixel without a class. */
  public static final int VOID = 255;

  /** Classes at most. */
  public static final int MOST_CLASSES = 255;

  public LabelMap {
    Checks.atLeast("labels: rows", 1, height);
    Checks.atLeast("labels: columns", 1, width);
    Checks.equal("labels: pixels", Math.multiplyExact(height, width), values.length);
  }

  /** A pixel's class, or {@link #VOID}. */
  public int at(int row, int column) {
    return Byte.toUnsignedInt(values[row * width + column]);
  }

  /** A pixel's class, counted row by row, or {@link #VOID}. */
  public int at(int pixel) {
    return Byte.toUnsignedInt(values[pixel]);
  }

  /** Left and right exchanged, newly allocated. */
  public LabelMap mirrored() {
    byte[] mirrored = new byte[values.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        mirrored[row * width + column] = values[(row + 1) * width - 1 - column];
      }
    }
    return new LabelMap(height, width, mirrored);
  }

  /**
   * Each pixel of another grid gets the label of the pixel that its centre lies in; void where
   * there is none. Newly allocated.
   *
   * @param rows of the result
   * @param columns of the result
   * @param down where the centre of row r lies, in this map's rows: {@code (r + shift + ½) ·
   *     factor}
   * @param across the same for columns
   */
  public LabelMap nearest(int rows, int columns, Axis down, Axis across) {
    byte[] nearest = new byte[Math.multiplyExact(rows, columns)];
    for (int row = 0; row < rows; row++) {
      int from = down.pixel(row, height);
      for (int column = 0; column < columns; column++) {
        int at = across.pixel(column, width);
        nearest[row * columns + column] = (byte) (from < 0 || at < 0 ? VOID : at(from, at));
      }
    }
    return new LabelMap(rows, columns, nearest);
  }

  /**
   * How a grid's rows, or columns, lie on another's.
   *
   * @param shift pixels of the grid before its first one
   * @param factor pixels of the other grid for one of this, above 0
   */
  public record Axis(double shift, double factor) {
    public Axis {
      Checks.positive("labels: factor of the size", factor);
    }

    private int pixel(int place, int size) {
      int pixel = (int) Math.floor((place + shift + 0.5) * factor);
      return pixel >= 0 && pixel < size ? pixel : -1;
    }
  }

  /** One more than the largest class; 0 where every pixel is void. */
  public int classes() {
    int classes = 0;
    for (int pixel = 0; pixel < values.length; pixel++) {
      int label = at(pixel);
      classes = label == VOID ? classes : Math.max(classes, label + 1);
    }
    return classes;
  }

  /**
   * Copies the labels into an array of whole numbers.
   *
   * @param at where the first one goes
   */
  public void copyTo(int[] labels, int at) {
    for (int pixel = 0; pixel < values.length; pixel++) {
      labels[at + pixel] = at(pixel);
    }
  }
}
