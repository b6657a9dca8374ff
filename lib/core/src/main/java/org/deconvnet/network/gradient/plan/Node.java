package org.deconvnet.network.gradient.plan;

import java.io.Serializable;
import java.util.List;
import org.deconvnet.tensor.UserErrorException;

/**
 * A layer at its place. Immutable.
 *
 * @param name unlike all others, without dots
 * @param inputs names of the layers, or inputs of the network, that it takes from
 */
public record Node(String name, Operation operation, List<String> inputs) implements Serializable {
  public Node {
    inputs = List.copyOf(inputs);
    Input.requireName("layer", name);
    int least = operation.leastInputs();
    if (inputs.size() < least || inputs.size() > operation.mostInputs()) {
      throw new UserErrorException(
          "network: layer '%s': expected %s inputs, got %d"
              .formatted(
                  name,
                  least == operation.mostInputs() ? "" + least : "at least " + least,
                  inputs.size()));
    }
  }
}
