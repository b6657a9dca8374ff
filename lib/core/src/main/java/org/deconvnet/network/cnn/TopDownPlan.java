package org.deconvnet.network.cnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deconvnet.tensor.UserErrorException;

/**
 * Which nodes lie between the image and each tensor, and how a signal goes down through them. Says
 * before any work which layers are out of reach, and by which node's fault. Immutable.
 */
public final class TopDownPlan {
  private final CnnGraph graph;

  /** Ways down to the image, by the output of the node that they begin with. */
  private final Map<String, WayDown> ways = new HashMap<>();

  /** Why a tensor is out of reach, by its name. */
  private final Map<String, String> refusals = new HashMap<>();

  public TopDownPlan(CnnGraph graph) {
    this.graph = graph;
    Set<String> reached = new HashSet<>(Set.of(graph.image()));
    for (CnnNode node : graph.nodes()) {
      reach(node, reached);
    }
  }

  private void reach(CnnNode node, Set<String> reached) {
    try {
      WayDown way = WaysDown.through(node, graph);
      for (int input : way.inputs()) {
        String below = node.input(input);
        if (!reached.contains(below)) {
          refuse(node, refusals.getOrDefault(below, below + " does not depend on the image"));
          return;
        }
      }
      ways.put(node.output(), way);
      reached.add(node.output());
    } catch (NoRuleException | UserErrorException e) {
      refuse(node, "node %s: %s".formatted(node, e.getMessage()));
    }
  }

  private void refuse(CnnNode node, String why) {
    node.outputs().forEach(output -> refusals.put(output, why));
  }

  /** Whether an activation of the tensor can be carried down to the image. */
  public boolean reaches(String tensor) {
    return tensor.equals(graph.image()) || ways.containsKey(tensor);
  }

  /**
   * @throws UserErrorException if not, naming the node that is in the way
   */
  public void require(String tensor) {
    if (!reaches(tensor)) {
      throw new UserErrorException(
          "layer %s: expected a way down to the image, but %s; choose a layer below it. Ways lead through %s"
              .formatted(
                  tensor,
                  refusals.getOrDefault(tensor, tensor + " is a second output of its node"),
                  String.join(", ", WaysDown.operators())));
    }
  }

  /** The nodes that a signal goes down through from a tensor, the uppermost first. */
  List<CnnNode> below(String tensor) {
    require(tensor);
    Set<String> wanted = new HashSet<>(Set.of(tensor));
    List<CnnNode> path = new ArrayList<>();
    List<CnnNode> reversed = new ArrayList<>(graph.nodes());
    Collections.reverse(reversed);
    for (CnnNode node : reversed) {
      if (wanted.contains(node.output())) {
        path.add(node);
        way(node).inputs().forEach(input -> wanted.add(node.input(input)));
      }
    }
    return path;
  }

  WayDown way(CnnNode node) {
    return ways.get(node.output());
  }

  CnnGraph graph() {
    return graph;
  }

  /**
   * The max pooling that lies below some tensors, by the pooled tensor, whose switches are needed.
   */
  public Set<String> pooled(List<String> tensors) {
    return outputs(tensors, Set.of("MaxPool"));
  }

  /** The rectified tensors below some tensors that a rule looks at. */
  public Set<String> gates(List<String> tensors, RectifierRule rule) {
    return rule.gates() ? outputs(tensors, Set.of("Relu", "LeakyRelu", "Clip")) : Set.of();
  }

  private Set<String> outputs(List<String> tensors, Set<String> operators) {
    Set<String> found = new TreeSet<>();
    for (String tensor : tensors) {
      below(tensor).stream()
          .filter(node -> operators.contains(node.operator()))
          .forEach(node -> found.add(node.output()));
    }
    return found;
  }
}
