package org.deconvnet.tensor;

import java.util.Arrays;

/**
 * A stack of maps in single precision. Axis order is (map, row, column), column fastest, and {@link
 * #index} is the only place that says so. An image is a stack too: its maps are its colour
 * channels.
 *
 * <p>The array is shared, not copied: whoever creates the maps owns them. Not thread-safe for
 * writing.
 */
public final class FeatureMaps implements Maps {
  private static final long serialVersionUID = 1;

  private final Shape shape;
  private final float[] data;

  private FeatureMaps(Shape shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  /** Maps of zeros. */
  public static FeatureMaps zeros(Shape shape) {
    return new FeatureMaps(shape, new float[shape.size()]);
  }

  /** Wraps an array of exactly {@code shape.size()} numbers without copying it. */
  public static FeatureMaps of(Shape shape, float[] data) {
    if (data.length != shape.size()) {
      throw new IllegalArgumentException(
          "feature maps %s: expected %d numbers, got %d"
              .formatted(shape, shape.size(), data.length));
    }
    return new FeatureMaps(shape, data);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public float[] kept() {
    return data;
  }

  @Override
  public FeatureMaps dense() {
    return this;
  }

  @Override
  public SparseMaps sparse() {
    return SparseMaps.of(this);
  }

  @Override
  public boolean isSparse() {
    return false;
  }

  public int maps() {
    return shape.maps();
  }

  public int height() {
    return shape.height();
  }

  public int width() {
    return shape.width();
  }

  /** The numbers themselves, (map, row, column), shared with the caller. */
  public float[] data() {
    return data;
  }

  public int index(int map, int row, int column) {
    return (map * shape.height() + row) * shape.width() + column;
  }

  public float get(int map, int row, int column) {
    return data[index(map, row, column)];
  }

  public void set(int map, int row, int column, float value) {
    data[index(map, row, column)] = value;
  }

  public FeatureMaps copy() {
    return new FeatureMaps(shape, data.clone());
  }

  public void fill(float value) {
    Arrays.fill(data, value);
  }

  /** Inner product with maps of the same shape, summed in double precision. */
  public double dot(FeatureMaps other) {
    Checks.sameShape("inner product", shape, other.shape);
    double sum = 0;
    for (int i = 0; i < data.length; i++) {
      sum += (double) data[i] * other.data[i];
    }
    return sum;
  }

  /** Sum of squares, in double precision. */
  public double squaredNorm() {
    // Two sums that do not wait for each other.
    double even = 0;
    double odd = 0;
    int last = data.length - data.length % 2;
    for (int i = 0; i < last; i += 2) {
      even += (double) data[i] * data[i];
      odd += (double) data[i + 1] * data[i + 1];
    }
    return even + odd + (last < data.length ? (double) data[last] * data[last] : 0);
  }

  /** Sum of the squares of the differences to maps of the same shape, in double precision. */
  public double squaredDistance(FeatureMaps other) {
    Checks.sameShape("distance", shape, other.shape);
    double even = 0;
    double odd = 0;
    int last = data.length - data.length % 2;
    for (int i = 0; i < last; i += 2) {
      double a = (double) data[i] - other.data[i];
      double b = (double) data[i + 1] - other.data[i + 1];
      even += a * a;
      odd += b * b;
    }
    double rest = last < data.length ? (double) data[last] - other.data[last] : 0;
    return even + odd + rest * rest;
  }

  public int nonZeros() {
    int count = 0;
    for (float v : data) {
      if (v != 0) {
        count++;
      }
    }
    return count;
  }
}
