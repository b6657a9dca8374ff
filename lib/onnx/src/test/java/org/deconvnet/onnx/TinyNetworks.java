package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Random;

/** ONNX files made in a few lines: a convolution of 3 × 3 to two maps, and a rectifier. */
public final class TinyNetworks {
  static final String FILTERS = "filters";

  private TinyNetworks() {}

  /** Images of one channel, 20 × 24. */
  public static ModelProto.Builder convolution() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(input(TensorProto.DataType.FLOAT, 0, 1, 20, 24))
            .addInitializer(filters())
            .addNode(node("conv", "Conv", List.of("image", FILTERS), "convolved"))
            .addNode(node("rectifier", "Relu", List.of("convolved"), "rectified"))
            .addOutput(ValueInfoProto.newBuilder().setName("rectified"));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph);
  }

  static TensorProto.Builder filters() {
    TensorProto.Builder filters =
        TensorProto.newBuilder()
            .setName(FILTERS)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(List.of(2L, 1L, 3L, 3L));
    Random random = new Random(1);
    for (int i = 0; i < 18; i++) {
      filters.addFloatData((float) random.nextGaussian());
    }
    return filters;
  }

  static NodeProto.Builder node(String name, String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setName(name)
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output);
  }

  static AttributeProto integers(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  /**
   * @param sides 0 for one that is left open
   */
  static ValueInfoProto input(TensorProto.DataType type, long... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : sides) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (side == 0) {
        dimension.setDimParam("n");
      } else {
        dimension.setDimValue(side);
      }
    }
    return ValueInfoProto.newBuilder()
        .setName("image")
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
