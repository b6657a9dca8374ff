package org.deconvnet.network.gradient.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.deconvnet.store.Fingerprint;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A network: layers that take from earlier ones, for images of one shape. What the last layer gives
 * is the network's output. Jackson writes it as JSON and reads it back. Immutable and thread-safe.
 *
 * @param input (C, H, W) of an image
 * @param nodes each behind those that it takes from
 */
public record NetworkPlan(Shape input, List<Node> nodes) {
  /** How layers call the image. */
  public static final String INPUT = "input";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws UserErrorException if there is no layer, a name comes twice or is unknown, a layer
   *     leads nowhere, or shapes do not suit; says which layer
   */
  public NetworkPlan {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new UserErrorException("network: expected at least 1 layer, got none");
    }
    shapes(input, nodes);
    requireUse(nodes);
  }

  /** Layers one after another, each from the one before. */
  public static NetworkPlan chain(Shape input, Map<String, Operation> layers) {
    List<Node> nodes = new ArrayList<>();
    String before = INPUT;
    for (Map.Entry<String, Operation> layer : layers.entrySet()) {
      nodes.add(new Node(layer.getKey(), layer.getValue(), List.of(before)));
      before = layer.getKey();
    }
    return new NetworkPlan(input, nodes);
  }

  private static Map<String, Shape> shapes(Shape input, List<Node> nodes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(INPUT, input);
    for (Node node : nodes) {
      Shape output = output(node, shapes);
      if (shapes.put(node.name(), output) != null) {
        throw new UserErrorException(
            "network: expected a name for each layer, got '%s' twice".formatted(node.name()));
      }
    }
    return shapes;
  }

  private static Shape output(Node node, Map<String, Shape> shapes) {
    for (String from : node.inputs()) {
      if (!shapes.containsKey(from)) {
        throw new UserErrorException(
            "network: layer '%s': expected an input among %s, got '%s'"
                .formatted(node.name(), shapes.keySet(), from));
      }
    }
    try {
      return node.operation().output(inputs(node, shapes));
    } catch (IllegalArgumentException e) {
      throw UserErrorException.of("network: layer '%s'".formatted(node.name()), e);
    }
  }

  private static List<Shape> inputs(Node node, Map<String, Shape> shapes) {
    return node.inputs().stream().map(shapes::get).toList();
  }

  private static void requireUse(List<Node> nodes) {
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.inputs()));
    for (Node node : nodes.subList(0, nodes.size() - 1)) {
      if (!used.contains(node.name())) {
        throw new UserErrorException(
            "network: expected every layer but the last to lead to another, got '%s', which leads nowhere"
                .formatted(node.name()));
      }
    }
  }

  /** The shape of the image and of what each layer gives, by name. */
  public Map<String, Shape> shapes() {
    return shapes(input, nodes);
  }

  /** The shape of what the network gives. */
  public Shape output() {
    return shapes().get(nodes.get(nodes.size() - 1).name());
  }

  /** The order of the parameters. */
  public Layout parameters() {
    return layout(Operation::parameters);
  }

  /** The order of the running statistics. */
  public Layout statistics() {
    return layout(Operation::statistics);
  }

  private Layout layout(BiFunction<Operation, List<Shape>, List<Slot>> slots) {
    Map<String, Shape> shapes = shapes();
    Layout.Builder layout = new Layout.Builder();
    for (Node node : nodes) {
      for (Slot slot : slots.apply(node.operation(), inputs(node, shapes))) {
        layout.add(node.name(), slot);
      }
    }
    return layout.build();
  }

  /**
   * Parameters to start from, newly allocated. A part's numbers depend on the seed and on its place
   * among the parts alone.
   */
  public float[] startParameters(long seed) {
    return start(parameters(), seed);
  }

  /** Running statistics to start from, newly allocated: mean 0, variance 1. */
  public float[] startStatistics() {
    return start(statistics(), 0);
  }

  private static float[] start(Layout layout, long seed) {
    float[] all = new float[layout.size()];
    for (int p = 0; p < layout.parts().size(); p++) {
      Part part = layout.parts().get(p);
      float[] numbers = new float[part.size()];
      try {
        Random random = new Random(seed * 1_000_003L + p);
        part.slot().start().fill(numbers, part.slot().axes(), random);
      } catch (IllegalArgumentException e) {
        throw UserErrorException.of("network: " + part.name(), e);
      }
      System.arraycopy(numbers, 0, all, part.offset(), numbers.length);
    }
    return all;
  }

  /** SHA-256 over the plan and over the bits of parameters and running statistics. */
  public String fingerprint(float[] parameters, float[] statistics) {
    parameters().require("network: parameters", parameters);
    statistics().require("network: statistics", statistics);
    Fingerprint fingerprint = new Fingerprint();
    text().chars().forEach(fingerprint::add);
    return fingerprint.add(parameters).add(statistics).hex();
  }

  private String text() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan holds nothing that JSON cannot", e);
    }
  }
}
