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
    AveragePooling pooling = new AveragePooling(windows, below, padding);
    return WayDown.toFirst(
        (engine, rule) ->
            new Transposed(
                pooling, above -> Fields.under(windows.rows(), windows.columns(), above)));
  }

  static WayDown mean(CnnNode node, CnnGraph graph) {
    Shape below = graph.requireShape(node.input(0));
    AveragePooling pooling = AveragePooling.global(below);
    return WayDown.toFirst((engine, rule) -> new Transposed(pooling, above -> Whole.of(below)));
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
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    if (!Arrays.equals(sorted, new int[] {2, 3}) && !Arrays.equals(sorted, new int[] {-2, -1})) {
      throw new NoRuleException(
          "expected a mean over rows and columns, got axes " + Arrays.toString(axes));
    }
    return mean(node, graph);
  }
}
