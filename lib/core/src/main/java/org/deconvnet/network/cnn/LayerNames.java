package org.deconvnet.network.cnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deconvnet.tensor.UserErrorException;

/** Which nodes are meant by the names of layers. */
final class LayerNames {
  private static final Set<String> RECTIFIERS =
      Set.of(
          "Relu",
          "LeakyRelu",
          "Clip",
          "PRelu",
          "Elu",
          "Selu",
          "Tanh",
          "HardSwish",
          "Gelu",
          "Softplus");
  private static final int LISTED = 40;

  private LayerNames() {}

  /**
   * @param names of nodes or tensors, a part of one, or numbers among the usual layers from 1;
   *     none: the usual ones, what each rectifier gives of maps, or, without rectifiers, each
   *     convolution
   * @throws UserErrorException if a name is that of no layer or of several
   */
  static List<CnnNode> find(CnnGraph graph, List<String> names) {
    List<CnnNode> usual = usual(graph);
    if (names.isEmpty()) {
      return usual;
    }
    List<CnnNode> found = new ArrayList<>();
    for (String name : names) {
      CnnNode node = find(graph, usual, name);
      if (found.contains(node)) {
        throw new UserErrorException("layers: expected each once, got %s twice".formatted(node));
      }
      found.add(node);
    }
    found.sort(Comparator.comparingInt(graph.nodes()::indexOf));
    return found;
  }

  private static List<CnnNode> usual(CnnGraph graph) {
    List<CnnNode> rectified = maps(graph, RECTIFIERS);
    if (!rectified.isEmpty()) {
      return rectified;
    }
    List<CnnNode> convolved = maps(graph, Set.of("Conv", "ConvTranspose"));
    return convolved.isEmpty() ? ofNumbers(graph) : convolved;
  }

  private static List<CnnNode> maps(CnnGraph graph, Set<String> operators) {
    return graph.nodes().stream()
        .filter(node -> operators.contains(node.operator()))
        .filter(node -> graph.shape(node.output()).filter(shape -> shape.plane() > 1).isPresent())
        .toList();
  }

  private static List<CnnNode> ofNumbers(CnnGraph graph) {
    return graph.nodes().stream().filter(node -> graph.shape(node.output()).isPresent()).toList();
  }

  private static CnnNode find(CnnGraph graph, List<CnnNode> usual, String name) {
    List<CnnNode> all = ofNumbers(graph);
    for (CnnNode node : all) {
      if (node.name().equals(name) || node.output().equals(name)) {
        return node;
      }
    }
    for (int number = 1; number <= usual.size(); number++) {
      if (name.equals(Integer.toString(number))) {
        return usual.get(number - 1);
      }
    }
    List<CnnNode> alike = usual.stream().filter(node -> hasPart(node.name(), name)).toList();
    if (alike.size() != 1) {
      throw new UserErrorException(
          "layer %s: expected the name of a node or of its output, %s; there are: %s"
              .formatted(
                  name,
                  alike.isEmpty() ? "found none" : "got a part of " + listed(alike),
                  listed(all)));
    }
    return alike.get(0);
  }

  /** {@code layer3} and {@code layer3/relu} are parts of {@code /layer3/relu/Relu}. */
  private static boolean hasPart(String name, String part) {
    List<String> parts = Arrays.asList(name.split("[/.]"));
    List<String> wanted = Arrays.asList(part.split("[/.]"));
    return Collections.indexOfSubList(parts, wanted) >= 0;
  }

  private static String listed(List<CnnNode> nodes) {
    String first =
        nodes.stream().limit(LISTED).map(CnnNode::name).collect(Collectors.joining(", "));
    return nodes.size() > LISTED ? first + ", … (%d)".formatted(nodes.size()) : first;
  }
}
