package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.tensor.Shape;
import org.deconvnet.tensor.UserErrorException;

/**
 * What a network is given: images, (n, C, H, W) in single precision.
 *
 * @param tensor its name
 * @param shape of an image, (C, H, W)
 * @param batches whether n may be more than 1
 */
record NetworkInput(String tensor, Shape shape, boolean batches) {
  private static final int USUAL_SIDE = 224;
  private static final int MOST_SIDE = 1 << 14;
  private static final int MOST_PIXELS = 1 << 24;

  /**
   * @throws UserErrorException if the network takes anything else, or images of another size than
   *     the options say
   */
  static NetworkInput of(String name, ModelProto model, CnnOptions options) {
    Set<String> constants = GraphReader.constantNames(model.getGraph());
    List<ValueInfoProto> inputs =
        model.getGraph().getInputList().stream()
            .filter(input -> !constants.contains(input.getName()))
            .toList();
    if (inputs.size() != 1) {
      throw wrong(name, "one input", inputs.stream().map(ValueInfoProto::getName).toList());
    }
    ValueInfoProto input = inputs.get(0);
    TypeProto.Tensor type = input.getType().getTensorType();
    TensorProto.DataType kind = TensorProto.DataType.forNumber(type.getElemType());
    if (kind != TensorProto.DataType.FLOAT) {
      throw wrong(name, "an input of 32-bit floating-point numbers", kind);
    }
    TensorShapeProto shape = type.getShape();
    if (shape.getDimCount() != 4) {
      throw wrong(
          name, "an input of images, channels, rows and columns", shape.getDimCount() + " axes");
    }
    int images = side(name, shape, 0, 1);
    int channels = side(name, shape, 1, 3);
    if (channels != 1 && channels != 3) {
      throw wrong(name, "1 channel or 3", channels);
    }
    if (images != 1) {
      throw wrong(name, "any number of images at a time, or 1", images);
    }
    int usual = options.crop() == 0 ? USUAL_SIDE : options.crop();
    int rows = side(name, shape, 2, usual);
    int columns = side(name, shape, 3, usual);
    if (options.crop() != 0 && (rows != options.crop() || columns != options.crop())) {
      throw new UserErrorException(
          "network %s: expected network.crop to be the size of its input, %d x %d, got %d"
              .formatted(name, rows, columns, options.crop()));
    }
    if ((long) rows * columns > MOST_PIXELS) {
      throw wrong(
          name, "an input of at most %d pixels".formatted(MOST_PIXELS), rows + " x " + columns);
    }
    boolean batches = !shape.getDim(0).hasDimValue() || shape.getDim(0).getDimValue() < 1;
    return new NetworkInput(input.getName(), new Shape(channels, rows, columns), batches);
  }

  /** The same for a network that can take no more than one image at a time. */
  NetworkInput oneByOne() {
    return new NetworkInput(tensor, shape, false);
  }

  private static int side(String name, TensorShapeProto shape, int axis, int open) {
    TensorShapeProto.Dimension side = shape.getDim(axis);
    if (!side.hasDimValue() || side.getDimValue() < 1) {
      return open;
    }
    if (side.getDimValue() > MOST_SIDE) {
      throw wrong(
          name, "an input of at most %d pixels a side".formatted(MOST_SIDE), side.getDimValue());
    }
    return (int) side.getDimValue();
  }

  private static UserErrorException wrong(String name, String expected, Object got) {
    return new UserErrorException("network %s: expected %s, got %s".formatted(name, expected, got));
  }
}
