package org.deconvnet.tensor;

import java.util.Arrays;

/**
 * A stack of maps of which only some entries are not zero: the code of an image, which is kept and
 * sent this way. The arrays are shared, not copied. Not thread-safe for writing.
 *
 * @param shape (K, H, W) of the maps
 * @param index where the entries are, counted in (map, row, column) order, ascending
 * @param values one an entry
 */
public record SparseMaps(Shape shape, int[] index, float[] values) implements Maps {
  public SparseMaps {
    Checks.equal("sparse maps: values", index.length, values.length);
    int before = -1;
    for (int place : index) {
      if (place <= before || place >= shape.size()) {
        throw new IllegalArgumentException(
            "sparse maps %s: expected ascending places below %d, got %d after %d"
                .formatted(shape, shape.size(), place, before));
      }
      before = place;
    }
  }

  /** Maps of zeros. */
  public static SparseMaps zeros(Shape shape) {
    return new SparseMaps(shape, new int[0], new float[0]);
  }

  /** The entries that are not zero. */
  public static SparseMaps of(FeatureMaps maps) {
    int[] index = new int[maps.nonZeros()];
    float[] values = new float[index.length];
    float[] data = maps.data();
    int entries = 0;
    for (int i = 0; i < data.length; i++) {
      if (data[i] != 0) {
        index[entries] = i;
        values[entries++] = data[i];
      }
    }
    return new SparseMaps(maps.shape(), index, values);
  }

  public int entries() {
    return index.length;
  }

  /** The entry's map. */
  public int map(int entry) {
    return index[entry] / shape.plane();
  }

  /** The entry's row. */
  public int row(int entry) {
    return index[entry] % shape.plane() / shape.width();
  }

  /** The entry's column. */
  public int column(int entry) {
    return index[entry] % shape.width();
  }

  @Override
  public float[] kept() {
    return values;
  }

  @Override
  public SparseMaps sparse() {
    return this;
  }

  @Override
  public boolean isSparse() {
    return true;
  }

  /** Newly allocated. */
  @Override
  public FeatureMaps dense() {
    FeatureMaps maps = FeatureMaps.zeros(shape);
    for (int e = 0; e < index.length; e++) {
      maps.data()[index[e]] = values[e];
    }
    return maps;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseMaps that
        && shape.equals(that.shape)
        && Arrays.equals(index, that.index)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + Arrays.hashCode(index)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "sparse maps %s with %d entries".formatted(shape, entries());
  }
}
