package org.deconvnet.describe;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * The descriptors of one image on a regular grid of patches. Axis order is (grid row, grid column,
 * dimension), dimension fastest. An image smaller than a patch has an empty grid.
 *
 * <p>Arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 */
public final class DescriptorGrid implements Descriptors, Serializable {
  private static final long serialVersionUID = 1;

  private final int imageHeight;
  private final int imageWidth;
  private final int patch;
  private final int[] rows;
  private final int[] columns;
  private final int dimension;
  private final float[] values;

  /**
   * Wraps the arrays without copying them.
   *
   * @param patch rows and columns of a patch in pixels
   * @param rows first pixel row of every grid row, ascending, inside the image
   * @param columns first pixel column of every grid column
   * @param values rows.length x columns.length x dimension numbers
   * @throws IllegalArgumentException if the number of values disagrees with the grid, or a patch
   *     leaves the image
   */
  public DescriptorGrid(
      int imageHeight,
      int imageWidth,
      int patch,
      int[] rows,
      int[] columns,
      int dimension,
      float[] values) {
    Checks.atLeast("descriptor grid: dimension", 1, dimension);
    Checks.atLeast("descriptor grid: patch", 1, patch);
    checkInside("rows", rows, imageHeight - patch);
    checkInside("columns", columns, imageWidth - patch);
    Checks.equal(
        "descriptor grid: numbers", rows.length * columns.length * dimension, values.length);
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.patch = patch;
    this.rows = rows;
    this.columns = columns;
    this.dimension = dimension;
    this.values = values;
  }

  private static void checkInside(String what, int[] positions, int last) {
    for (int position : positions) {
      if (position < 0 || position > last) {
        throw new IllegalArgumentException(
            "descriptor grid %s: expected 0 to %d, got %d".formatted(what, last, position));
      }
    }
  }

  @Override
  public int imageHeight() {
    return imageHeight;
  }

  @Override
  public int imageWidth() {
    return imageWidth;
  }

  /** Rows and columns of one patch in pixels. */
  @Override
  public int patch() {
    return patch;
  }

  /** First pixel row of every grid row, shared with the caller. */
  public int[] rows() {
    return rows;
  }

  /** First pixel column of every grid column, shared with the caller. */
  public int[] columns() {
    return columns;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /** The numbers themselves, (grid row, grid column, dimension), shared with the caller. */
  @Override
  public float[] values() {
    return values;
  }

  /** How many descriptors there are. */
  @Override
  public int count() {
    return rows.length * columns.length;
  }

  @Override
  public int row(int descriptor) {
    return rows[descriptor / columns.length];
  }

  @Override
  public int column(int descriptor) {
    return columns[descriptor % columns.length];
  }

  /** All alike. */
  @Override
  public double share(int descriptor) {
    return 1.0 / count();
  }

  @Override
  public double weight(int descriptor) {
    return 1;
  }

  public boolean isEmpty() {
    return count() == 0;
  }
}
