package org.deconvnet.network.gradient.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
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
 * A network: layers that take from earlier ones, for images of one shape, or for maps that other
 * networks make of them. What the last layer gives is the network's output. Jackson writes it as
 * JSON and reads it back. Immutable and thread-safe.
 *
 * @param inputs one or more, each taken by a layer
 * @param nodes each behind those that it takes from
 */
public record NetworkPlan(List<Input> inputs, List<Node> nodes) implements Serializable {
  /** How layers call the image where there is no other input. */
  public static final String INPUT = "input";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws UserErrorException if there is no layer, a name comes twice or is unknown, a layer
   *     leads nowhere, or shapes do not suit; says which layer
   */
  public NetworkPlan {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    if (inputs.isEmpty() || nodes.isEmpty()) {
      throw new UserErrorException(
          "network: expected at least 1 input and 1 layer, got %d and %d"
              .formatted(inputs.size(), nodes.size()));
    }
    shapes(inputs, nodes);
    requireUse(inputs, nodes);
  }

  /** A network of images alone: its layers call them {@link #INPUT}. */
  public NetworkPlan(Shape image, List<Node> nodes) {
    this(List.of(new Input(INPUT, image)), nodes);
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

  private static Map<String, Shape> shapes(List<Input> inputs, List<Node> nodes) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach(input -> put(shapes, input.name(), input.shape()));
    nodes.forEach(node -> put(shapes, node.name(), output(node, shapes)));
    return shapes;
  }

  private static void put(Map<String, Shape> shapes, String name, Shape shape) {
    if (shapes.put(name, shape) != null) {
      throw new UserErrorException(
          "network: expected a name for each input and layer, got '%s' twice".formatted(name));
    }
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

  private static void requireUse(List<Input> inputs, List<Node> nodes) {
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.inputs()));
    inputs.forEach(input -> requireUse(used, input.name()));
    nodes.subList(0, nodes.size() - 1).forEach(node -> requireUse(used, node.name()));
  }

  private static void requireUse(Set<String> used, String name) {
    if (!used.contains(name)) {
      throw new UserErrorException(
          "network: expected every input, and every layer but the last, to lead to another, got '%s', which leads nowhere"
              .formatted(name));
    }
  }

  /** The shapes of all inputs and of what each layer gives, by name. */
  public Map<String, Shape> shapes() {
    return shapes(inputs, nodes);
  }

  /**
   * The shape of the only input.
   *
   * @throws IllegalStateException if there are more
   */
  public Shape input() {
    if (inputs.size() > 1) {
      throw new IllegalStateException("network: expected 1 input, got " + inputs);
    }
    return inputs.get(0).shape();
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
