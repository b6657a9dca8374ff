package org.deconvnet.features;

import org.deconvnet.tensor.Checks;

/**
 * Descriptors on a grid over one image: the descriptor at {@code (rows[i], columns[j])}, its
 * patch's upper left pixel, is number {@code i · columns.length + j}.
 */
public final class DescriptorGrid {
  private final int imageHeight;
  private final int imageWidth;
  private final int patch;
  private final int[] rows;
  private final int[] columns;
  private final int dimension;
  private final float[] values;

  public DescriptorGrid(
      int imageHeight,
      int imageWidth,
      int patch,
      int[] rows,
      int[] columns,
      int dimension,
      float[] values) {
    Checks.equal("descriptors: numbers", rows.length * columns.length * dimension, values.length);
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.patch = patch;
    this.rows = rows;
    this.columns = columns;
    this.dimension = dimension;
    this.values = values;
  }

  public int imageHeight() {
    return imageHeight;
  }

  public int imageWidth() {
    return imageWidth;
  }

  /** How many descriptors; 0 for an image smaller than a patch. */
  public int count() {
    return rows.length * columns.length;
  }

  /** Numbers in one descriptor. */
  public int dimension() {
    return dimension;
  }

  /** Descriptor after descriptor, shared with the caller. */
  public float[] values() {
    return values;
  }

  /** The row of the middle of a descriptor's patch, in pixels from the image's upper edge. */
  public double centreRow(int descriptor) {
    return rows[descriptor / columns.length] + patch / 2.0;
  }

  public double centreColumn(int descriptor) {
    return columns[descriptor % columns.length] + patch / 2.0;
  }
}
