package org.deconvnet.network.cnn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;

/**
 * Where a network tells classes apart: its one output that is a vector. Its numbers are
 * probabilities already where a Softmax or a Sigmoid gives them; else their softmax is. Immutable.
 *
 * @param tensor name of the output
 * @param classes how many, at least 2
 * @param probabilities whether the numbers are probabilities already
 */
public record ClassScores(String tensor, int classes, boolean probabilities) {
  private static final Set<String> GIVING_PROBABILITIES = Set.of("Softmax", "Sigmoid");

  /** Operators that change no number. */
  private static final Set<String> PASSING =
      Set.of("Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Dropout", "Cast");

  /**
   * @throws UserErrorException if there is no such output, or more than one
   */
  public static ClassScores of(CnnGraph graph) {
    Set<String> taken =
        graph.nodes().stream().flatMap(node -> node.inputs().stream()).collect(Collectors.toSet());
    List<String> vectors =
        graph.nodes().stream()
            .map(CnnNode::output)
            .filter(output -> !taken.contains(output) && isVector(graph, output))
            .toList();
    if (vectors.size() != 1) {
      throw new UserErrorException(
          "network: expected one output with a number a class, got %s; export the network with its class scores as the only output"
              .formatted(vectors.isEmpty() ? "none" : String.join(", ", vectors)));
    }
    String tensor = vectors.get(0);
    int classes = graph.shape(tensor).orElseThrow().maps();
    return new ClassScores(tensor, classes, givesProbabilities(graph, tensor));
  }

  private static boolean isVector(CnnGraph graph, String tensor) {
    return graph.shape(tensor).filter(shape -> shape.plane() == 1 && shape.maps() > 1).isPresent();
  }

  private static boolean givesProbabilities(CnnGraph graph, String tensor) {
    Optional<CnnNode> producer = graph.producer(tensor);
    while (producer.filter(node -> PASSING.contains(node.operator())).isPresent()) {
      producer = graph.producer(producer.get().input(0));
    }
    return producer.filter(node -> GIVING_PROBABILITIES.contains(node.operator())).isPresent();
  }

  /**
   * @param scores the output's numbers, (classes, 1, 1)
   * @return a probability a class
   * @throws IllegalArgumentException if a number is not finite, or there are others than classes
   */
  public double[] probabilitiesOf(FeatureMaps scores) {
    Checks.equal("class scores", classes, scores.data().length);
    Checks.finite("class scores", scores);
    double[] result = new double[classes];
    float most = scores.data()[0];
    for (float score : scores.data()) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      float score = scores.data()[c];
      // The largest exponent is 0: nothing overflows.
      result[c] = probabilities ? score : Math.exp((double) score - most);
      sum += result[c];
    }
    for (int c = 0; c < classes && !probabilities; c++) {
      result[c] /= sum;
    }
    return result;
  }
}
