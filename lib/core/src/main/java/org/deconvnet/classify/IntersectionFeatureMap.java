package org.deconvnet.classify;

import java.io.Serializable;
import org.deconvnet.pyramid.SparseHistogram;
import org.deconvnet.tensor.Checks;

/**
 * An explicit feature map whose inner product approximates the histogram intersection kernel
 * (Vedaldi and Zisserman, "Efficient additive kernels via explicit feature maps", PAMI 2012,
 * section 4.2). The kernel's signature min(x, y) = √(xy) K(log(y/x)) has the spectrum κ(ω) = 2 /
 * (π(1 + 4ω²)), sampled at ω = jL for j = 0..n:
 *
 * <pre>ψ_0(x) = √(x L κ(0)),
 * ψ_{2j−1}(x) = √(2 x L κ(jL)) cos(jL log x),  ψ_{2j}(x) = √(2 x L κ(jL)) sin(jL log x)</pre>
 *
 * <p>Each entry becomes 2n + 1; zeros stay zero. Immutable and thread-safe.
 */
public final class IntersectionFeatureMap implements Serializable {
  private static final long serialVersionUID = 1;

  private final int order;
  private final double period;

  /**
   * @param order n, at least 1; 1 gives 3 numbers an entry and errors of a few per cent
   * @param period L; 0.5 to 1 for small orders
   */
  public IntersectionFeatureMap(int order, double period) {
    Checks.atLeast("feature map order", 1, order);
    Checks.positive("feature map period", period);
    this.order = order;
    this.period = period;
  }

  public int expansion() {
    return 2 * order + 1;
  }

  public SparseHistogram apply(SparseHistogram x) {
    int each = expansion();
    int[] indices = new int[x.indices().length * each];
    float[] values = new float[indices.length];
    for (int i = 0; i < x.indices().length; i++) {
      for (int j = 0; j < each; j++) {
        indices[i * each + j] = x.indices()[i] * each + j;
      }
      expand(x.values()[i], values, i * each);
    }
    return new SparseHistogram(Math.multiplyExact(x.size(), each), indices, values);
  }

  private void expand(float x, float[] out, int at) {
    double log = Math.log(x);
    out[at] = (float) Math.sqrt(x * period * spectrum(0));
    for (int j = 1; j <= order; j++) {
      double size = Math.sqrt(2 * x * period * spectrum(j * period));
      out[at + 2 * j - 1] = (float) (size * Math.cos(j * period * log));
      out[at + 2 * j] = (float) (size * Math.sin(j * period * log));
    }
  }

  private static double spectrum(double omega) {
    return 2 / (Math.PI * (1 + 4 * omega * omega));
  }
}
