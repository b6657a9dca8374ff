package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/**
 * A long vector of which few entries are not zero. A histogram in the strict sense has no negative
 * entry, see {@link #requireNonNegative}; explicit feature maps use the same class for signed
 * numbers. Arrays are shared, not copied. Thread-safe as long as nobody writes to them.
 */
public final class SparseHistogram implements Serializable {
  private static final long serialVersionUID = 1;

  private final int size;
  private final int[] indices;
  private final float[] values;

  /**
   * Wraps the arrays.
   *
   * @param size length of the vector
   * @param indices strictly ascending, 0 ≤ index &lt; size
   * @param values one finite number an index
   * @throws IllegalArgumentException if any of that does not hold
   */
  public SparseHistogram(int size, int[] indices, float[] values) {
    Checks.atLeast("histogram: size", 1, size);
    Checks.equal("histogram: values", indices.length, values.length);
    int previous = -1;
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] <= previous || indices[i] >= size || !Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "histogram of %d: expected a finite value at an index above %d, got %s at index %d"
                .formatted(size, previous, values[i], indices[i]));
      }
      previous = indices[i];
    }
    this.size = size;
    this.indices = indices;
    this.values = values;
  }

  /** The non-zero entries of a dense vector. */
  public static SparseHistogram of(float[] dense) {
    int count = 0;
    for (float v : dense) {
      count += v == 0 ? 0 : 1;
    }
    int[] indices = new int[count];
    float[] values = new float[count];
    int next = 0;
    for (int i = 0; i < dense.length; i++) {
      if (dense[i] != 0) {
        indices[next] = i;
        values[next++] = dense[i];
      }
    }
    return new SparseHistogram(dense.length, indices, values);
  }

  /** Dense numbers, brought to unit Euclidean norm; zeros alone stay so. */
  static SparseHistogram ofUnitNorm(float[] dense) {
    double squares = 0;
    for (float v : dense) {
      squares += (double) v * v;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    float[] scaled = new float[dense.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (dense[i] * scale);
    }
    return of(scaled);
  }

  public int size() {
    return size;
  }

  /** Ascending, shared with the caller. */
  public int[] indices() {
    return indices;
  }

  /** One number an index, shared with the caller. */
  public float[] values() {
    return values;
  }

  public float[] toDense() {
    float[] dense = new float[size];
    for (int i = 0; i < indices.length; i++) {
      dense[indices[i]] = values[i];
    }
    return dense;
  }

  /** Throws {@link IllegalArgumentException} if an entry is negative, naming the first. */
  public void requireNonNegative(String what) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException(
            "%s: expected no negative entry, got %s at index %d"
                .formatted(what, values[i], indices[i]));
      }
    }
  }
}
