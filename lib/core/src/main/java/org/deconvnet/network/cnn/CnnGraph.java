package org.deconvnet.network.cnn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A network as a graph of operators, and the shapes of what it computes of images of one size.
 * Immutable and thread-safe.
 */
public final class CnnGraph {
  private final List<CnnNode> nodes;
  private final Map<String, ConstantTensor> constants;
  private final String image;
  private final Map<String, Shape> shapes;
  private final Map<String, CnnNode> producers = new HashMap<>();

  /**
   * @param nodes in an order in which each follows those that it takes from
   * @param constants numbers by name
   * @param constantNames of all constants, of whatever kind
   * @param image name of the tensor that is given
   * @param shapes of tensors of numbers, by name: (C, H, W), and (n, 1, 1) for a vector. A tensor
   *     without one is of another kind, and no way leads through it.
   */
  public CnnGraph(
      List<CnnNode> nodes,
      Map<String, ConstantTensor> constants,
      Set<String> constantNames,
      String image,
      Map<String, Shape> shapes) {
    this.nodes = List.copyOf(nodes);
    this.constants = Map.copyOf(constants);
    this.image = image;
    this.shapes = Map.copyOf(shapes);
    Set<String> there = new HashSet<>(constantNames);
    there.add(image);
    for (CnnNode node : nodes) {
      for (String input : node.inputs()) {
        if (!input.isEmpty() && !there.contains(input)) {
          throw new UserErrorException(
              "node %s: expected its input %s to be given, constant or made by a node before it; the file is damaged"
                  .formatted(node, input));
        }
      }
      there.addAll(node.outputs());
      node.outputs().forEach(output -> producers.put(output, node));
    }
  }

  public List<CnnNode> nodes() {
    return nodes;
  }

  /** Name of the tensor that the image becomes. */
  public String image() {
    return image;
  }

  /** Shape of the image, (C, H, W). */
  public Shape imageShape() {
    return shapes.get(image);
  }

  /** Shape of a tensor of numbers; empty for another kind. */
  public Optional<Shape> shape(String tensor) {
    return Optional.ofNullable(shapes.get(tensor));
  }

  /**
   * @throws NoRuleException if the tensor has other axes than maps, rows and columns
   */
  Shape requireShape(String tensor) {
    Shape found = shapes.get(tensor);
    if (found == null) {
      throw new NoRuleException(
          "expected maps of numbers or a vector, which %s is not".formatted(tensor));
    }
    return found;
  }

  /** Numbers of that name, if they are constant. */
  Optional<ConstantTensor> constant(String tensor) {
    CnnNode producer = producers.get(tensor);
    return producer != null && producer.operator().equals("Identity")
        ? constant(producer.input(0))
        : Optional.ofNullable(constants.get(tensor));
  }

  /**
   * @throws NoRuleException if an input is no constant
   */
  ConstantTensor requireConstant(CnnNode node, int input) {
    return constant(node.input(input))
        .orElseThrow(
            () ->
                new NoRuleException(
                    "expected input %d to be constant, which %s is not"
                        .formatted(input, node.input(input))));
  }

  /** The node that makes a tensor; empty for constants and the image. */
  public Optional<CnnNode> producer(String tensor) {
    return Optional.ofNullable(producers.get(tensor));
  }
}
