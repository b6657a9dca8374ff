package org.deconvnet.spark.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.plan.Add;
import org.deconvnet.network.gradient.plan.Convolve;
import org.deconvnet.network.gradient.plan.ConvolveTransposed;
import org.deconvnet.network.gradient.plan.Input;
import org.deconvnet.network.gradient.plan.NetworkPlan;
import org.deconvnet.network.gradient.plan.Node;
import org.deconvnet.network.gradient.plan.NormalizeGroup;
import org.deconvnet.network.gradient.plan.Operation;
import org.deconvnet.network.gradient.plan.Part;
import org.deconvnet.network.gradient.plan.Rectify;
import org.deconvnet.network.gradient.plan.Squash;
import org.deconvnet.operator.cnn.AxisGeometry;
import org.deconvnet.operator.cnn.Geometry;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * A network that was learned by gradients as an ONNX model, as it infers: normalised by running
 * statistics. Each layer is a node of its name, and gives a tensor of its name. Stateless.
 */
public final class OnnxNetworkFormat {
  private OnnxNetworkFormat() {}

  /**
   * The model: from (n, C, H, W) to what the last layer gives.
   *
   * @param name of the graph
   * @throws UserErrorException if the network has several inputs, or a layer that is not written
   */
  public static byte[] of(NetworkWeights weights, String name) {
    NetworkPlan plan = weights.plan();
    List<byte[]> nodes = new ArrayList<>();
    List<byte[]> tensors = new ArrayList<>();
    for (Node node : plan.nodes()) {
      List<String> inputs = new ArrayList<>(node.inputs());
      inputs.addAll(numbers(plan.parameters().of(node.name()), weights.parameters(), tensors));
      inputs.addAll(numbers(plan.statistics().of(node.name()), weights.statistics(), tensors));
      nodes.add(node(node, inputs));
    }
    String last = plan.nodes().get(plan.nodes().size() - 1).name();
    return OnnxMessages.model(
        OnnxMessages.graph(
            name,
            nodes,
            tensors,
            OnnxMessages.value(input(plan), axes(plan.input())),
            OnnxMessages.value(last, axes(plan.output()))));
  }

  private static String input(NetworkPlan plan) {
    List<Input> inputs = plan.inputs();
    if (inputs.size() > 1) {
      throw new UserErrorException(
          "ONNX: expected a network of one input, got "
              + inputs.stream().map(Input::name).toList());
    }
    return inputs.get(0).name();
  }

  private static List<Integer> axes(Shape shape) {
    return List.of(shape.maps(), shape.height(), shape.width());
  }

  /** Our order of a layer's numbers is ONNX's: filters, bias; γ, β, mean, variance. */
  private static List<String> numbers(List<Part> parts, float[] all, List<byte[]> tensors) {
    for (Part part : parts) {
      float[] own = Arrays.copyOfRange(all, part.offset(), part.end());
      tensors.add(OnnxMessages.tensor(part.name(), own, part.slot().axes()));
    }
    return parts.stream().map(Part::name).toList();
  }

  private static byte[] node(Node node, List<String> inputs) {
    Operation operation = node.operation();
    List<byte[]> attributes = new ArrayList<>();
    String operator;
    if (operation instanceof Convolve convolve) {
      operator = "Conv";
      attributes.addAll(geometry(convolve.geometry()));
    } else if (operation instanceof ConvolveTransposed convolve) {
      operator = "ConvTranspose";
      attributes.addAll(geometry(convolve.geometry()));
      attributes.add(
          OnnxMessages.integers("output_padding", convolve.rowPadding(), convolve.columnPadding()));
    } else if (operation instanceof NormalizeGroup normalize) {
      operator = "BatchNormalization";
      attributes.add(OnnxMessages.number("epsilon", normalize.epsilon()));
    } else if (operation instanceof Rectify rectify) {
      operator = rectify.slope() == 0 ? "Relu" : "LeakyRelu";
      if (rectify.slope() > 0) {
        attributes.add(OnnxMessages.number("alpha", rectify.slope()));
      }
    } else if (operation instanceof Squash) {
      operator = "Tanh";
    } else if (operation instanceof Add) {
      operator = "Sum";
    } else {
      throw new UserErrorException(
          "ONNX: layer '%s': expected convolutions, normalisations, rectifiers, tanh and sums alone, got %s"
              .formatted(node.name(), operation));
    }
    return OnnxMessages.node(operator, node.name(), inputs, node.name(), attributes);
  }

  private static List<byte[]> geometry(Geometry geometry) {
    AxisGeometry rows = geometry.rows();
    AxisGeometry columns = geometry.columns();
    return List.of(
        OnnxMessages.integers("kernel_shape", rows.taps(), columns.taps()),
        OnnxMessages.integers("strides", rows.stride(), columns.stride()),
        OnnxMessages.integers("dilations", rows.dilation(), columns.dilation()),
        OnnxMessages.integers(
            "pads", rows.before(), columns.before(), rows.after(), columns.after()));
  }
}
