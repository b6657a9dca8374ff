package org.deconvnet.pyramid;

import java.io.Serializable;
import org.deconvnet.tensor.Checks;

/** A histogram by its entries that are not zero, in ascending order. Arrays are shared. */
public final class SparseHistogram implements Serializable {
  private static final long serialVersionUID = 1;

  private final int size;
  private final int[] indices;
  private final float[] values;

  public SparseHistogram(int size, int[] indices, float[] values) {
    Checks.equal("histogram: values", indices.length, values.length);
    this.size = size;
    this.indices = indices;
    this.values = values;
  }

  /** Of a dense histogram. */
  public static SparseHistogram of(float[] dense) {
    int count = 0;
    for (float v : dense) {
      count += v != 0 ? 1 : 0;
    }
    int[] indices = new int[count];
    float[] values = new float[count];
    int at = 0;
    for (int i = 0; i < dense.length; i++) {
      if (dense[i] != 0) {
        indices[at] = i;
        values[at++] = dense[i];
      }
    }
    return new SparseHistogram(dense.length, indices, values);
  }

  public int size() {
    return size;
  }

  public int[] indices() {
    return indices;
  }

  public float[] values() {
    return values;
  }

  public double sum() {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }
}
