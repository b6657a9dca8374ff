package org.deconvnet.network.gradient.plan;

import java.util.List;
import org.deconvnet.tensor.UserErrorException;

/**
 * A layer at its place. Immutable.
 *
 * @param name unlike all others, without dots
 * @param inputs names of the layers that it takes from; {@link NetworkPlan#INPUT} is the image
 */
public record Node(String name, Operation operation, List<String> inputs) {
  public Node {
    inputs = List.copyOf(inputs);
    if (name.isBlank() || name.contains(".") || name.equals(NetworkPlan.INPUT)) {
      throw new UserErrorException(
          "network: expected a layer's name without dots, other than '%s', got '%s'"
              .formatted(NetworkPlan.INPUT, name));
    }
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
