package org.deconvnet.spark.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deconvnet.network.cnn.CnnGraph;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnNode;
import org.deconvnet.words.Count;

/** What a network of an ONNX file is: its input, its nodes, and where a way leads down. */
final class OnnxFacts {
  private static final String NODES = "nodes";

  private OnnxFacts() {}

  static Map<String, Object> of(CnnNetwork network) {
    CnnGraph graph = network.graph();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", "onnx");
    facts.put("title", network.title());
    facts.put("input", graph.image());
    facts.put("image", network.imageShape().toString());
    facts.put("resize", network.resize());
    facts.put("bytes", (long) network.content().length);
    facts.put(
        "layers", IntStream.rangeClosed(1, network.depth()).mapToObj(network::nodeName).toList());
    facts.put(NODES, graph.nodes().stream().map(node -> node(network, node)).toList());
    return facts;
  }

  private static Map<String, Object> node(CnnNetwork network, CnnNode node) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", node.name());
    facts.put("operator", node.operator());
    facts.put("output", node.output());
    network.graph().shape(node.output()).ifPresent(shape -> facts.put("shape", shape.toString()));
    facts.put("shown", network.plan().reaches(node.output()));
    return facts;
  }

  /** For people: the usual layers, then every node. */
  static String lines(Map<String, Object> facts) {
    List<String> lines = new ArrayList<>();
    line(lines, "network", facts.get("title"));
    line(
        lines,
        "image",
        "%s, from a shorter side of %s".formatted(facts.get("image"), facts.get("resize")));
    line(lines, "size", Count.grouped((Long) facts.get("bytes"), "byte"));
    line(
        lines,
        "layers",
        ((List<?>) facts.get("layers"))
            .stream().map(Object::toString).collect(Collectors.joining(", ")));
    for (Object one : (List<?>) facts.get(NODES)) {
      Map<?, ?> node = (Map<?, ?>) one;
      String shape = node.containsKey("shape") ? " " + node.get("shape") : "";
      String shown = Boolean.TRUE.equals(node.get("shown")) ? "" : ", cannot be shown in pixels";
      line(
          lines,
          "node",
          "%s %s%s%s".formatted(node.get("name"), node.get("operator"), shape, shown));
    }
    return String.join("", lines);
  }

  private static void line(List<String> lines, String name, Object value) {
    lines.add("%-13s %s\n".formatted(name, value));
  }
}
