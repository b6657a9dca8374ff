package org.deconvnet.classify;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/**
 * A weighted sum of linear kernels, as one vector: {@code x = (√f_1 x_1, √f_2 x_2, …)}, so that
 * {@code ⟨x, y⟩ = Σ_v f_v ⟨x_v, y_v⟩}. As in {@link KernelSum} each kernel is brought to mean
 * diagonal 1 first, and then their sum. Thread-safe as long as nobody writes to the array.
 *
 * @param factors √f_v, one a kernel
 */
public record JoinedVectors(double[] factors) implements Serializable {
  public JoinedVectors {
    Checks.atLeast("joined vectors: kernels", 1, factors.length);
    for (double factor : factors) {
      Checks.positive("joined vectors: factor", factor);
    }
  }

  /**
   * @param weights one a kernel, positive
   * @param meanSquares of the training vectors' lengths, one a kernel, positive
   */
  public static JoinedVectors of(double[] weights, double[] meanSquares) {
    double[] factors = new KernelSum(weights, meanSquares).factors();
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    for (int v = 0; v < factors.length; v++) {
      factors[v] = Math.sqrt(factors[v] / total);
    }
    return new JoinedVectors(factors);
  }

  /**
   * One vector, newly allocated.
   *
   * @param parts one a kernel
   */
  public SparseHistogram join(List<SparseHistogram> parts) {
    Checks.equal("joined vectors: kernels", factors.length, parts.size());
    int entries = parts.stream().mapToInt(part -> part.indices().length).sum();
    int[] indices = new int[entries];
    float[] values = new float[entries];
    int size = 0;
    int next = 0;
    for (int v = 0; v < factors.length; v++) {
      SparseHistogram part = parts.get(v);
      for (int i = 0; i < part.indices().length; i++) {
        indices[next] = size + part.indices()[i];
        values[next++] = (float) (factors[v] * part.values()[i]);
      }
      size += part.size();
    }
    return new SparseHistogram(size, indices, values);
  }
}
