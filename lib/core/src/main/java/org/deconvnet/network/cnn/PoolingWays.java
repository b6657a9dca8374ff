package org.deconvnet.network.cnn;

import java.util.Arrays;
import org.deconvnet.operator.cnn.AveragePooling;
import org.deconvnet.operator.cnn.PoolWindows;
import org.deconvnet.tensor.Shape;

/** Ways down through pooling. */
final class PoolingWays {
  private PoolingWays() {}

  static WayDown max(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    graph.requireShape(node.output());
    PoolWindows windows = OnnxGeometry.windows(node, below);
    return WayDown.toFirst((engine, rule) -> new MaxUnpooling(node.output(), windows));
  }

  static WayDown average(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    PoolWindows windows = OnnxGeometry.windows(node, below);
    boolean padding = node.attributes().integer("count_include_pad", 0) != 0;
    boolean overhangs = !windows.pooled(below).equals(flat(windows).pooled(below));
    if (padding && overhangs) {
      throw new NoRuleException(
          "ceil_mode with count_include_pad means different things in different operator sets");
    }
    AveragePooling pooling = new AveragePooling(windows, below, padding);
    return WayDown.toFirst(
        (engine, rule) ->
            new Transposed(
                pooling, above -> Fields.under(windows.rows(), windows.columns(), above)));
  }

  private static PoolWindows flat(PoolWindows windows) {
    return new PoolWindows(windows.rows(), windows.columns(), false);
  }

  static WayDown mean(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    AveragePooling pooling = AveragePooling.global(below);
    return WayDown.toFirst((engine, rule) -> new Transposed(pooling, above -> Fields.whole(below)));
  }

  /**
   * The mean over rows and columns; the axes are an attribute up to ONNX' set 17, an input after
   * it.
   */
  static WayDown reduced(CnnNode node, CnnGraph graph) {
    int[] axes = node.attributes().integers().get("axes");
    if (axes == null) {
      float[] given = graph.requireConstant(node, 1).data();
      axes = new int[given.length];
      for (int i = 0; i < axes.length; i++) {
        axes[i] = (int) given[i];
      }
    }
    int[] sorted = Arrays.stream(axes).map(axis -> axis < 0 ? axis + 4 : axis).sorted().toArray();
    if (!Arrays.equals(sorted, new int[] {2, 3})) {
      throw new NoRuleException(
          "expected a mean over rows and columns, got axes " + Arrays.toString(axes));
    }
    return mean(node, graph);
  }
}
