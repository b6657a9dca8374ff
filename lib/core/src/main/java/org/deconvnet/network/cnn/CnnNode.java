package org.deconvnet.network.cnn;

import java.util.List;

/**
 * An operator of a network, as ONNX names them. Immutable.
 *
 * @param name of the node; unique in its graph
 * @param operator what it does: {@code Conv}, {@code Relu}, …
 * @param inputs names of the tensors that it takes; empty text for one that is left out
 * @param outputs names of the tensors that it gives
 */
public record CnnNode(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Attributes attributes) {
  public CnnNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The tensor that the node is there for. */
  public String output() {
    return outputs.get(0);
  }

  /** The name of an input; empty text if it is left out. */
  public String input(int number) {
    return number < inputs.size() ? inputs.get(number) : "";
  }

  /** Both names, for messages. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(name, operator);
  }
}
