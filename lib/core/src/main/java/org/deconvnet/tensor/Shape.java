package org.deconvnet.tensor;

import java.io.Serializable;

/**
 * The size of a stack of feature maps: {@code maps} planes of {@code height} rows and {@code width}
 * columns.
 */
public record Shape(int maps, int height, int width) implements Serializable {
  public Shape {
    if (maps <= 0 || height <= 0 || width <= 0) {
      throw new IllegalArgumentException(
          "shape: expected positive maps x height x width, got %d x %d x %d"
              .formatted(maps, height, width));
    }
    if ((long) maps * height * width > Integer.MAX_VALUE - 8) {
      throw new UserErrorException(
          "shape: %d x %d x %d holds more numbers than one array can; use a smaller image"
              .formatted(maps, height, width));
    }
  }

  /** Numbers in one map. */
  public int plane() {
    return height * width;
  }

  /** Numbers in all maps. */
  public int size() {
    return maps * height * width;
  }

  public Shape withMaps(int newMaps) {
    return new Shape(newMaps, height, width);
  }

  @Override
  public String toString() {
    return maps + "x" + height + "x" + width;
  }
}
