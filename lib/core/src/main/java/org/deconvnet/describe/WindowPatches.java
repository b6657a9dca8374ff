package org.deconvnet.describe;

/**
 * The descriptors of one activation: on the patches of the grid that see it. Filled once by {@link
 * WindowDescriptors}, then only read.
 */
final class WindowPatches implements Descriptors {
  private final int imageHeight;
  private final int imageWidth;
  private final int patch;
  private final int dimension;
  private final int[] rows;
  private final int[] columns;
  private final float[] values;
  private final double[] weights;
  private int filled;
  private double sharePerWeight;

  /**
   * @param count descriptors that will be added
   */
  WindowPatches(int imageHeight, int imageWidth, int patch, int dimension, int count) {
    this.imageHeight = imageHeight;
    this.imageWidth = imageWidth;
    this.patch = patch;
    this.dimension = dimension;
    rows = new int[count];
    columns = new int[count];
    values = new float[Math.multiplyExact(count, dimension)];
    weights = new double[count];
  }

  /** Copies the next descriptor, which starts at {@code from} in {@code numbers}. */
  void add(int row, int column, float[] numbers, int from, double weight) {
    rows[filled] = row;
    columns[filled] = column;
    weights[filled] = weight;
    System.arraycopy(numbers, from, values, filled * dimension, dimension);
    filled++;
  }

  /** Divides a share among the descriptors by their weights; returns this. */
  WindowPatches sharing(double share) {
    double all = 0;
    for (double weight : weights) {
      all += weight;
    }
    sharePerWeight = share / all;
    return this;
  }

  @Override
  public int imageHeight() {
    return imageHeight;
  }

  @Override
  public int imageWidth() {
    return imageWidth;
  }

  @Override
  public int patch() {
    return patch;
  }

  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[] values() {
    return values;
  }

  @Override
  public int row(int descriptor) {
    return rows[descriptor];
  }

  @Override
  public int column(int descriptor) {
    return columns[descriptor];
  }

  @Override
  public double share(int descriptor) {
    return sharePerWeight * weights[descriptor];
  }

  @Override
  public double weight(int descriptor) {
    return weights[descriptor];
  }
}
