package org.deconvnet.spark.run;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.deconvnet.network.Network;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.words.Count;

/**
 * Weights λ in place of a model's.
 *
 * @param lambdas one a layer, from layer 1 up; empty: the model's own
 */
record ChosenWeights(List<Double> lambdas) {
  ChosenWeights {
    lambdas = List.copyOf(lambdas);
  }

  /**
   * @param with what makes a network of other weights
   * @throws OptionException if there are more or fewer weights than layers
   */
  <N extends Network> N in(N network, BiFunction<N, List<Double>, N> with) {
    if (lambdas.isEmpty()) {
      return network;
    }
    if (lambdas.size() != network.depth()) {
      throw new OptionException(
          "--lambda: expected %s, one a layer of the model, got %d"
              .formatted(Count.of(network.depth(), "weight"), lambdas.size()));
    }
    return with.apply(network, lambdas);
  }

  /** The weights that a network has, one a layer. */
  static List<Double> of(Network network) {
    return IntStream.rangeClosed(1, network.depth()).mapToObj(network::lambda).toList();
  }
}
