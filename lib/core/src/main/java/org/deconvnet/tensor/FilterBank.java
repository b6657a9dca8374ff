package org.deconvnet.tensor;

import java.io.Serializable;

/**
 * The filters f[k][c] of one layer, each {@code side x side}. Axis order is (map, channel, row,
 * column), column fastest. Planes that the {@link Connectivity} leaves out hold zeros.
 *
 * <p>The array is shared, not copied. Not thread-safe for writing.
 */
public final class FilterBank implements Serializable {
  private static final long serialVersionUID = 1;

  private final Connectivity connectivity;
  private final int side;
  private final float[] data;

  private FilterBank(Connectivity connectivity, int side, float[] data) {
    this.connectivity = connectivity;
    this.side = side;
    this.data = data;
  }

  public static FilterBank zeros(Connectivity connectivity, int side) {
    Checks.atLeast("filter side", 1, side);
    return new FilterBank(
        connectivity, side, new float[connectivity.maps() * connectivity.channels() * side * side]);
  }

  /** Wraps an array (map, channel, row, column) without copying it. */
  public static FilterBank of(Connectivity connectivity, int side, float[] data) {
    Checks.equal(
        "filter bank: numbers",
        connectivity.maps() * connectivity.channels() * side * side,
        data.length);
    return new FilterBank(connectivity, side, data);
  }

  public Connectivity connectivity() {
    return connectivity;
  }

  public int maps() {
    return connectivity.maps();
  }

  public int channels() {
    return connectivity.channels();
  }

  /** Rows and columns of one filter. */
  public int side() {
    return side;
  }

  /** The numbers themselves, (map, channel, row, column), shared with the caller. */
  public float[] data() {
    return data;
  }

  /** Where the plane that joins {@code map} and {@code channel} starts in {@link #data}. */
  public int offset(int map, int channel) {
    return (map * connectivity.channels() + channel) * side * side;
  }

  public float get(int map, int channel, int row, int column) {
    return data[offset(map, channel) + row * side + column];
  }

  public FilterBank copy() {
    return new FilterBank(connectivity, side, data.clone());
  }

  /** The shape of what {@code maps x height x width} feature maps reconstruct: N - s + 1. */
  public Shape imageShape(Shape mapShape) {
    Checks.equal("filter bank: maps", maps(), mapShape.maps());
    return new Shape(channels(), mapShape.height() - side + 1, mapShape.width() - side + 1);
  }

  /** The shape of the feature maps that reconstruct an image of this shape: N + s - 1. */
  public Shape mapShape(Shape imageShape) {
    Checks.equal("filter bank: channels", channels(), imageShape.maps());
    return new Shape(maps(), imageShape.height() + side - 1, imageShape.width() + side - 1);
  }

  /** Euclidean norm of the whole multi-channel filter of one map. */
  public double norm(int map) {
    double sum = 0;
    for (int i = offset(map, 0); i < offset(map, 0) + channels() * side * side; i++) {
      sum += (double) data[i] * data[i];
    }
    return Math.sqrt(sum);
  }
}
