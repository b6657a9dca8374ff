package org.deconvnet.network.cnn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deconvnet.tensor.Shape;

/**
 * Which way leads down through an operator. What the operators mean is in ONNX's reference; the
 * ways are those of Zeiler and Fergus (ECCV 2014, section 2.1), extended to what newer networks are
 * made of. Normalisation over a neighbourhood is left out, as they leave it out.
 */
final class WaysDown {
  /** Finds the way through a node. */
  private interface Finder {
    WayDown of(CnnNode node, CnnGraph graph);
  }

  private static final Map<String, Finder> BY_OPERATOR =
      Map.ofEntries(
          Map.entry("Conv", ConvolutionWays::convolution),
          Map.entry("ConvTranspose", ConvolutionWays::transposed),
          Map.entry("Gemm", ConvolutionWays::gemm),
          Map.entry("MatMul", ConvolutionWays::product),
          Map.entry("MaxPool", PoolingWays::max),
          Map.entry("AveragePool", PoolingWays::average),
          Map.entry("GlobalAveragePool", PoolingWays::mean),
          Map.entry("ReduceMean", PoolingWays::reduced),
          Map.entry("Relu", RectifierWays::relu),
          Map.entry("LeakyRelu", RectifierWays::leaky),
          Map.entry("Clip", RectifierWays::clip),
          Map.entry("BatchNormalization", WaysDown::batchNormalization),
          Map.entry("Mul", WaysDown::scaled),
          Map.entry("Div", WaysDown::divided),
          Map.entry("Add", WaysDown::sum),
          Map.entry("Sum", WaysDown::sum),
          Map.entry("Sub", WaysDown::shifted),
          Map.entry("Concat", WaysDown::concatenation),
          Map.entry("Pad", WaysDown::padding),
          Map.entry("LRN", WaysDown::same),
          Map.entry("Dropout", WaysDown::same),
          Map.entry("Identity", WaysDown::same),
          Map.entry("Flatten", WaysDown::same),
          Map.entry("Reshape", WaysDown::same),
          Map.entry("Squeeze", WaysDown::same),
          Map.entry("Unsqueeze", WaysDown::same));

  private WaysDown() {}

  /** The operators that a way leads through, as ONNX names them. */
  static List<String> operators() {
    return List.copyOf(new TreeSet<>(BY_OPERATOR.keySet()));
  }

  /**
   * @throws NoRuleException if there is none
   */
  static WayDown through(CnnNode node, CnnGraph graph) {
    Finder finder = BY_OPERATOR.get(node.operator());
    if (finder == null) {
      throw new NoRuleException("no way is known down through this operator");
    }
    return finder.of(node, graph);
  }

  private static WayDown same(CnnNode node, CnnGraph graph) {
    Scaling way =
        Scaling.identity(graph.requireShape(node.input(0)), graph.requireShape(node.output()));
    return WayDown.toFirst((engine, rule) -> way);
  }

  private static WayDown batchNormalization(CnnNode node, CnnGraph graph) {
    Shape shape = graph.requireShape(node.input(0));
    float[] scale = graph.requireConstant(node, 1).data();
    float[] variance = graph.requireConstant(node, 4).data();
    float epsilon = node.attributes().number("epsilon", 1e-5f);
    if (node.attributes().integer("training_mode", 0) != 0) {
      throw new NoRuleException("it takes its statistics from the batch; export for inference");
    }
    float[] factors = new float[shape.maps()];
    for (int map = 0; map < factors.length; map++) {
      factors[map] = (float) (scale[map] / Math.sqrt((double) variance[map] + epsilon));
    }
    return scaled(factors, shape, 0);
  }

  private static WayDown scaled(float[] factors, Shape shape, int input) {
    Scaling way = new Scaling(factors, shape, shape);
    return new WayDown(List.of(input), (engine, rule) -> way);
  }

  private static WayDown scaled(CnnNode node, CnnGraph graph) {
    int input = graph.constant(node.input(1)).isPresent() ? 0 : 1;
    return scaled(factors(node, graph, 1 - input), unchanged(node, graph, input), input);
  }

  private static WayDown divided(CnnNode node, CnnGraph graph) {
    float[] divisors = factors(node, graph, 1);
    float[] factors = new float[divisors.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / divisors[i];
    }
    return scaled(factors, unchanged(node, graph, 0), 0);
  }

  private static float[] factors(CnnNode node, CnnGraph graph, int input) {
    Shape shape = graph.requireShape(node.output());
    return graph.requireConstant(node, input).perMap(shape.maps(), shape.plane() > 1);
  }

  private static WayDown shifted(CnnNode node, CnnGraph graph) {
    graph.requireConstant(node, 1);
    Scaling way = Scaling.identity(unchanged(node, graph, 0), graph.requireShape(node.output()));
    return WayDown.toFirst((engine, rule) -> way);
  }

  /** To every branch; a constant is a bias and is left out. */
  private static WayDown sum(CnnNode node, CnnGraph graph) {
    List<Integer> inputs = new ArrayList<>();
    Shape shape = graph.requireShape(node.output());
    for (int i = 0; i < node.inputs().size(); i++) {
      if (graph.constant(node.input(i)).isEmpty()) {
        unchanged(node, graph, i);
        inputs.add(i);
      }
    }
    Scaling way = Scaling.identity(shape, shape);
    return new WayDown(List.copyOf(inputs), (engine, rule) -> way);
  }

  private static Shape unchanged(CnnNode node, CnnGraph graph, int input) {
    Shape below = graph.requireShape(node.input(input));
    Shape above = graph.requireShape(node.output());
    if (!below.equals(above)) {
      throw new NoRuleException(
          "expected input %d of the output's shape, %s, got %s".formatted(input, above, below));
    }
    return below;
  }

  private static WayDown concatenation(CnnNode node, CnnGraph graph) {
    int axis = node.attributes().integer("axis", 1);
    Shape above = graph.requireShape(node.output());
    int[] first = new int[node.inputs().size()];
    int maps = 0;
    for (int i = 0; i < first.length; i++) {
      Shape below = graph.requireShape(node.input(i));
      first[i] = maps;
      maps += below.maps();
      boolean vectors = above.plane() == 1 && axis == -1;
      if ((axis != 1 && axis != -3 && !vectors) || !below.withMaps(1).equals(above.withMaps(1))) {
        throw new NoRuleException("expected maps laid behind each other, got axis " + axis);
      }
    }
    Split way = new Split(first);
    return WayDown.toEach(first.length, (engine, rule) -> way);
  }

  /** Zeros around maps; the sizes are an attribute up to ONNX' set 10 and an input after it. */
  private static WayDown padding(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    Shape above = graph.requireShape(node.output());
    int[] pads = pads(node, graph);
    boolean ofRowsAndColumns = pads[0] == 0 && pads[1] == 0 && pads[4] == 0 && pads[5] == 0;
    if (!node.attributes().text("mode", "constant").equals("constant")
        || !ofRowsAndColumns
        || pads[2] < 0
        || pads[3] < 0
        || pads[2] + below.height() > above.height()
        || pads[3] + below.width() > above.width()) {
      throw new NoRuleException("expected a constant around rows and columns");
    }
    Cropping way = new Cropping(pads[2], pads[3]);
    return WayDown.toFirst((engine, rule) -> way);
  }

  /** Before and after each of the four axes. */
  private static int[] pads(CnnNode node, CnnGraph graph) {
    int[] given = node.attributes().integers().get("pads");
    int[] pads = given == null ? whole(graph.requireConstant(node, 1).data()) : given;
    int[] axes =
        node.input(3).isEmpty()
            ? new int[] {0, 1, 2, 3}
            : whole(graph.requireConstant(node, 3).data());
    int[] all = new int[8];
    if (pads.length != 2 * axes.length || axes.length > 4) {
      throw new NoRuleException("expected two pads an axis, of four axes at most");
    }
    for (int i = 0; i < axes.length; i++) {
      int axis = axes[i] < 0 ? axes[i] + 4 : axes[i];
      if (axis < 0 || axis > 3) {
        throw new NoRuleException("expected axes from 0 to 3, got " + axes[i]);
      }
      all[axis] = pads[i];
      all[axis + 4] = pads[i + axes.length];
    }
    return all;
  }

  private static int[] whole(float[] numbers) {
    int[] all = new int[numbers.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (int) numbers[i];
    }
    return all;
  }
}
