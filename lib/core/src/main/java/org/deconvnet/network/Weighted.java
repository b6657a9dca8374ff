package org.deconvnet.network;

import java.util.List;

/** A network whose weights λ can be chosen anew for inference, as noise asks for. */
public interface Weighted extends Network {
  /**
   * The same filters with other weights.
   *
   * @param lambdas one a layer, from layer 1 up, positive; each means what {@link #lambda} of its
   *     layer means
   * @throws IllegalArgumentException if there are more or fewer, or one is not positive
   */
  Weighted withLambdas(List<Double> lambdas);
}
