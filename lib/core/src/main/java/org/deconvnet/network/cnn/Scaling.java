package org.deconvnet.network.cnn;

import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A factor a map: batch normalisation as a network applies it, {@code γ / √(σ² + ε)}, products with
 * constants, and, with factors of 1, what leaves numbers as they are and at most gives them another
 * shape. Shifts and biases are left out on the way down.
 */
record Scaling(float[] factors, Shape below, Shape above) implements Downward {
  /** Numbers as they are, in another shape. */
  static Scaling identity(Shape below, Shape above) {
    if (below.size() != above.size()) {
      throw new NoRuleException(
          "expected as many numbers below as above, got %s and %s".formatted(below, above));
    }
    return new Scaling(null, below, above);
  }

  @Override
  public void carry(int input, FeatureMaps from, ForwardRecord forward, FeatureMaps to) {
    System.arraycopy(from.data(), 0, to.data(), 0, to.data().length);
    if (factors == null) {
      return;
    }
    int plane = below.plane();
    for (int i = 0; i < to.data().length; i++) {
      to.data()[i] *= factors[i / plane];
    }
  }

  @Override
  public ReceptiveField field(int input, ReceptiveField from) {
    boolean same = below.height() == above.height() && below.width() == above.width();
    return same ? from : Fields.whole(below);
  }
}
