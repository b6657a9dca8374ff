package org.deconvnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Activation;
import org.deconvnet.network.LayerActivations;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.ForwardPass;
import org.deconvnet.network.cnn.InputScaling;
import org.deconvnet.network.cnn.RectifierRule;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operators one by one: what goes down by the gradient's rule is the derivative that ONNX Runtime's
 * forward pass has, by central differences, and nothing of it lies outside the receptive field.
 */
class DerivativesTest {
  private static final float STEP = 0.01f;
  private static final int SET = 13;

  private static Arguments of(String name, List<TensorProto> constants, NodeProto... nodes) {
    return of(name, SET, constants, nodes);
  }

  private static Arguments of(
      String name, int set, List<TensorProto> constants, NodeProto... nodes) {
    ModelProto.Builder model = TinyNetworks.convolution();
    model.setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(set));
    model
        .getGraphBuilder()
        .clearInitializer()
        .clearNode()
        .setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 0, 3, 7, 9))
        .addAllInitializer(constants)
        .addAllNode(List.of(nodes));
    return Arguments.of(name, model, nodes[nodes.length - 1].getOutput(0));
  }

  private static TensorProto numbers(String name, long... sides) {
    Random random = new Random(name.hashCode());
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    long size = 1;
    for (long side : sides) {
      tensor.addDims(side);
      size *= side;
    }
    for (int i = 0; i < size; i++) {
      tensor.addFloatData((float) random.nextGaussian());
    }
    return tensor.build();
  }

  private static TensorProto whole(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static NodeProto node(String operator, List<String> inputs, AttributeProto... settings) {
    return TinyNetworks.node(operator, operator, inputs, "out" + operator)
        .addAllAttribute(List.of(settings))
        .build();
  }

  private static AttributeProto ints(String name, long... values) {
    return TinyNetworks.integers(name, values);
  }

  private static AttributeProto one(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static Stream<Arguments> operators() {
    List<TensorProto> filters = List.of(numbers("w", 4, 3, 3, 2));
    List<TensorProto> transposed = List.of(numbers("w", 3, 2, 3, 3));
    List<String> both = List.of("image", "w");
    List<String> image = List.of("image");
    AttributeProto pairs = ints("kernel_shape", 2, 2);
    return Stream.of(
        of("same, upper", filters, node("Conv", both, text("auto_pad", "SAME_UPPER"))),
        of(
            "same, lower, strides",
            filters,
            node("Conv", both, text("auto_pad", "SAME_LOWER"), ints("strides", 2, 3))),
        of("valid", filters, node("Conv", both, text("auto_pad", "VALID"))),
        of(
            "groups and uneven pads",
            List.of(numbers("w", 6, 1, 3, 2)),
            node("Conv", both, one("group", 3), ints("pads", 2, 0, 1, 1), ints("strides", 2, 3))),
        of("transposed", transposed, node("ConvTranspose", both)),
        of(
            "transposed with output padding and groups",
            transposed,
            node(
                "ConvTranspose",
                both,
                one("group", 3),
                ints("strides", 2, 2),
                ints("output_padding", 1, 1),
                ints("pads", 1, 0, 1, 2))),
        of(
            "transposed, same",
            transposed,
            node("ConvTranspose", both, text("auto_pad", "SAME_LOWER"), ints("strides", 2, 2))),
        of("means", List.of(), node("AveragePool", image, pairs, ints("strides", 2, 2))),
        of(
            "means rounded up",
            List.of(),
            node("AveragePool", image, pairs, ints("strides", 2, 2), one("ceil_mode", 1))),
        of(
            "means with padding counted",
            List.of(),
            node(
                "AveragePool",
                image,
                ints("kernel_shape", 3, 3),
                ints("pads", 1, 1, 1, 1),
                one("count_include_pad", 1))),
        of(
            "maxima, their places counted down columns",
            List.of(),
            node("MaxPool", image, pairs, ints("strides", 2, 2), one("storage_order", 1))),
        of(
            "maxima, with a second output that has no name",
            List.of(),
            node("MaxPool", image, pairs, ints("strides", 2, 2)).toBuilder().addOutput("").build()),
        of("mean of all, by attribute", List.of(), node("ReduceMean", image, ints("axes", 2, -1))),
        of(
            "mean of all, by input",
            18,
            List.of(whole("a", 3, 2)),
            node("ReduceMean", List.of("image", "a"))),
        of(
            "mean of all, by a constant's numbers",
            18,
            List.of(),
            node("Constant", List.of(), ints("value_ints", 2, 3)),
            node("ReduceMean", List.of("image", "outConstant"))),
        of(
            "padding",
            List.of(whole("p", 0, 0, 1, 2, 0, 0, 3, 4)),
            node("Pad", List.of("image", "p"))),
        of(
            "padding of two axes",
            18,
            List.of(whole("p", 1, 2, 3, 4), whole("a", 2, 3)),
            node("Pad", List.of("image", "p", "", "a"))),
        of(
            "padding of reversed axes",
            18,
            List.of(whole("p", 1, 2, 0, 0, 3, 4, 0, 0), whole("a", 3, 2, 1, 0)),
            node("Pad", List.of("image", "p", "", "a"))),
        of("a factor a map", List.of(numbers("c", 3, 1, 1)), node("Mul", List.of("c", "image"))),
        of(
            "a factor a mean",
            List.of(numbers("c", 1, 3, 1, 1)),
            node("GlobalAveragePool", image),
            node("Mul", List.of("outGlobalAveragePool", "c"))),
        of("a divisor a map", List.of(numbers("c", 3, 1, 1)), node("Div", List.of("image", "c"))),
        of("a shift", List.of(numbers("c", 3, 1, 1)), node("Sub", List.of("image", "c"))),
        of("twice the same", List.of(), node("Add", List.of("image", "image"))),
        of(
            "laid behind each other",
            List.of(),
            node("Concat", List.of("image", "image"), one("axis", -3))),
        of(
            "filters by another name",
            filters,
            node("Identity", List.of("w")),
            node("Conv", List.of("image", "outIdentity"))),
        of(
            "one mean a map, without its axes",
            List.of(whole("a", 2, 3)),
            node("GlobalAveragePool", image),
            node("Squeeze", List.of("outGlobalAveragePool", "a"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operators")
  void whatGoesDownIsTheDerivative(String name, ModelProto.Builder model, String output) {
    CnnNetwork network = read(model, output).withRule(RectifierRule.GRADIENT).withinReach();
    FeatureMaps image = FeatureMaps.zeros(network.imageShape());
    Random random = new Random(2);
    for (int i = 0; i < image.data().length; i++) {
      image.data()[i] = (float) random.nextGaussian();
    }
    LayerActivations activations = network.activations(ConvolutionEngines.create("auto"));
    activations.infer(image);
    int[] chosen = random.ints(5, 0, network.shape(1).size()).toArray();
    float[][] expected = derivatives(network.forward(), image, output, chosen);
    for (int c = 0; c < chosen.length; c++) {
      Activation unit = new Activation(chosen[c], 1);
      float[] down = activations.inPixels(1, unit).whole().data();
      ReceptiveField field = activations.field(1, unit);
      for (int i = 0; i < down.length; i++) {
        assertThat(down[i])
            .as("pixel %d of entry %d", i, chosen[c])
            .isCloseTo(expected[c][i], within(2e-3f));
        assertThat(down[i] == 0 || isIn(field, i, image))
            .as("%s holds pixel %d", field, i)
            .isTrue();
      }
    }
  }

  private static float[][] derivatives(
      ForwardPass forward, FeatureMaps image, String output, int[] chosen) {
    float[][] all = new float[chosen.length][image.data().length];
    for (int i = 0; i < image.data().length; i++) {
      FeatureMaps more = image.copy();
      FeatureMaps less = image.copy();
      more.data()[i] += STEP;
      less.data()[i] -= STEP;
      float[] above = forward.run(List.of(more)).get(0).values().get(output).data();
      float[] below = forward.run(List.of(less)).get(0).values().get(output).data();
      for (int c = 0; c < chosen.length; c++) {
        all[c][i] = (above[chosen[c]] - below[chosen[c]]) / (2 * STEP);
      }
    }
    return all;
  }

  private static boolean isIn(ReceptiveField field, int pixel, FeatureMaps image) {
    int row = pixel % image.shape().plane() / image.width();
    int column = pixel % image.width();
    return row >= field.top()
        && row < field.top() + field.height()
        && column >= field.left()
        && column < field.left() + field.width();
  }

  private static CnnNetwork read(ModelProto.Builder model, String layer) {
    return CnnNetwork.read(
        "one.onnx",
        model.build().toByteArray(),
        new CnnOptions(
            0, 0, List.of(0.0), List.of(1.0), InputScaling.ChannelOrder.RGB, 1, List.of(layer)));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        of(
            "ceil_mode with count_include_pad",
            List.of(),
            node(
                "AveragePool",
                List.of("image"),
                ints("kernel_shape", 2, 2),
                ints("strides", 2, 2),
                one("ceil_mode", 1),
                one("count_include_pad", 1))),
        of(
            "got output_shape",
            List.of(numbers("w", 3, 2, 3, 3)),
            node(
                "ConvTranspose",
                List.of("image", "w"),
                ints("strides", 2, 2),
                ints("output_shape", 15, 19))),
        of(
            "a constant around rows and columns",
            List.of(whole("p", 0, 1, 0, 0, 0, -1, 0, 0)),
            node("Pad", List.of("image", "p"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatMeansSeveralThingsIsRefused(String why, ModelProto.Builder model, String output) {
    assertThatThrownBy(() -> read(model, output).withinReach())
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(output);
  }

  /** Of several outputs each is named with the node that is in the way. */
  @Test
  void aSecondOutputIsRefusedForItsNodesSake() {
    ModelProto.Builder model =
        (ModelProto.Builder) of("split", List.of(), node("Relu", List.of("image"))).get()[1];
    model
        .getGraphBuilder()
        .addNode(
            TinyNetworks.node("split", "Split", List.of("outRelu"), "first")
                .addOutput("second")
                .addAttribute(one("axis", 2)))
        .addNode(TinyNetworks.node("above", "Relu", List.of("second"), "rectified"));
    model.setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(11));
    model.getGraphBuilder().setInput(0, TinyNetworks.input(TensorProto.DataType.FLOAT, 0, 3, 8, 9));
    assertThatThrownBy(() -> read(model, "rectified").withinReach())
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining("node split (Split): no way is known down through this operator");
  }
}
