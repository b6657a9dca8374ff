package org.deconvnet.network.cnn;

/** Ways down through rectifiers. */
final class RectifierWays {
  private RectifierWays() {}

  static WayDown relu(CnnNode node, CnnGraph graph) {
    return rectifier(node, graph, 0, Float.POSITIVE_INFINITY, 0);
  }

  static WayDown leaky(CnnNode node, CnnGraph graph) {
    float slope = node.attributes().number("alpha", 0.01f);
    return rectifier(node, graph, 0, Float.POSITIVE_INFINITY, slope);
  }

  /** Its limits are attributes up to ONNX' set 10, inputs after it. */
  static WayDown clip(CnnNode node, CnnGraph graph) {
    return rectifier(
        node,
        graph,
        limit(node, graph, 1, "min", Float.NEGATIVE_INFINITY),
        limit(node, graph, 2, "max", Float.POSITIVE_INFINITY),
        0);
  }

  private static float limit(
      CnnNode node, CnnGraph graph, int input, String attribute, float otherwise) {
    return node.input(input).isEmpty()
        ? node.attributes().number(attribute, otherwise)
        : graph.requireConstant(node, input).data()[0];
  }

  private static WayDown rectifier(
      CnnNode node, CnnGraph graph, float least, float most, float slope) {
    graph.requireShape(node.input(0));
    return WayDown.toFirst(
        (engine, rule) -> new Rectifier(rule, node.output(), least, most, slope));
  }
}
