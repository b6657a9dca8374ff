package org.deconvnet.classify;

import java.io.Serializable;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/**
 * A trained binary linear machine: {@code ⟨w, x⟩ + b}. The array is shared, not copied. Thread-safe
 * as long as nobody writes to it.
 *
 * @param weights w, (entry)
 * @param bias b
 */
public record LinearMachine(float[] weights, double bias) implements Serializable {
  /**
   * Above 0 for the class that it was trained for.
   *
   * @throws IllegalArgumentException if the vector has another size
   */
  public double score(SparseHistogram x) {
    Checks.equal("linear machine: size", weights.length, x.size());
    int[] indices = x.indices();
    float[] values = x.values();
    double sum = bias;
    for (int i = 0; i < indices.length; i++) {
      sum += (double) weights[indices[i]] * values[i];
    }
    return sum;
  }
}
