package org.deconvnet.network.cnn;

import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.operator.cnn.PoolWindows;
import org.deconvnet.tensor.Shape;

/** How filters and windows lie, from the attributes of ONNX' operators. */
final class OnnxGeometry {
  private OnnxGeometry() {}

  static PoolWindows windows(CnnNode node, Shape input) {
    int[] taps = node.attributes().integers("kernel_shape", 2, 1);
    Geometry geometry = of(node, taps, input);
    return new PoolWindows(
        geometry.rows(), geometry.columns(), node.attributes().integer("ceil_mode", 0) != 0);
  }

  /**
   * @param taps rows and columns of a filter
   * @param input of the convolution, or output of the transposed one
   */
  static Geometry of(CnnNode node, int[] taps, Shape input) {
    Attributes attributes = node.attributes();
    int[] strides = attributes.integers("strides", 2, 1);
    int[] dilations = attributes.integers("dilations", 2, 1);
    int[] pads = attributes.integers("pads", 4, 0).clone();
    int[] sizes = {input.height(), input.width()};
    for (int axis = 0; axis < 2; axis++) {
      automatic(attributes, axis, sizes[axis], taps[axis], strides[axis], dilations[axis], pads);
    }
    return new Geometry(
        new AxisGeometry(taps[0], strides[0], pads[0], pads[2], dilations[0]),
        new AxisGeometry(taps[1], strides[1], pads[1], pads[3], dilations[1]),
        attributes.integer("group", 1));
  }

  /**
   * {@code auto_pad}: as many outputs as ⌈inputs / stride⌉, the odd one at the end or the start.
   */
  private static void automatic(
      Attributes attributes, int axis, int size, int taps, int stride, int dilation, int[] pads) {
    String how = attributes.text("auto_pad", "NOTSET");
    if (how.equals("NOTSET")) {
      return;
    }
    int all = 0;
    if (how.startsWith("SAME")) {
      int outputs = (size + stride - 1) / stride;
      all = Math.max(0, (outputs - 1) * stride + dilation * (taps - 1) + 1 - size);
    }
    pads[axis] = how.equals("SAME_LOWER") ? (all + 1) / 2 : all / 2;
    pads[axis + 2] = all - pads[axis];
  }
}
