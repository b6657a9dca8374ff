package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.deconvnet.network.cnn.ConstantTensor;
import org.deconvnet.tensor.UserErrorException;

/** Constant numbers of an ONNX file, in single precision. */
final class Tensors {
  private Tensors() {}

  /** Empty for text, complex numbers and other kinds that no way down needs. */
  static Optional<ConstantTensor> constant(TensorProto tensor) {
    if (width(tensor) == 0) {
      return Optional.empty();
    }
    int[] dimensions = new int[tensor.getDimsCount()];
    long size = 1;
    for (int axis = 0; axis < dimensions.length; axis++) {
      long side = tensor.getDims(axis);
      size = side < 0 || side > Integer.MAX_VALUE || size > Integer.MAX_VALUE ? -1 : size * side;
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw wrong(tensor, "sizes that one array can hold", tensor.getDimsList().toString());
      }
      dimensions[axis] = (int) side;
    }
    requireNumbers(tensor, (int) size);
    int count = (int) size;
    return Optional.of(new ConstantTensor(dimensions, () -> numbers(tensor, count)));
  }

  private static TensorProto.DataType kind(TensorProto tensor) {
    TensorProto.DataType kind = TensorProto.DataType.forNumber(tensor.getDataType());
    return kind == null ? TensorProto.DataType.UNDEFINED : kind;
  }

  /** Bytes of a number as raw data; 0 for another kind. */
  private static int width(TensorProto tensor) {
    return switch (kind(tensor)) {
      case FLOAT, INT32 -> 4;
      case DOUBLE, INT64 -> 8;
      default -> 0;
    };
  }

  private static void requireNumbers(TensorProto tensor, int size) {
    long there = tensor.hasRawData() ? tensor.getRawData().size() : list(tensor).size();
    long expected = tensor.hasRawData() ? (long) size * width(tensor) : size;
    if (there != expected) {
      String unit = tensor.hasRawData() ? " bytes" : " numbers";
      throw wrong(tensor, expected + unit, there + unit);
    }
  }

  private static UserErrorException wrong(TensorProto tensor, String expected, String got) {
    return new UserErrorException(
        "tensor %s: expected %s, got %s; the file is damaged"
            .formatted(tensor.getName(), expected, got));
  }

  private static List<? extends Number> list(TensorProto tensor) {
    return switch (kind(tensor)) {
      case FLOAT -> tensor.getFloatDataList();
      case INT32 -> tensor.getInt32DataList();
      case DOUBLE -> tensor.getDoubleDataList();
      default -> tensor.getInt64DataList();
    };
  }

  private static float[] numbers(TensorProto tensor, int size) {
    float[] all = new float[size];
    if (!tensor.hasRawData()) {
      List<? extends Number> given = list(tensor);
      for (int i = 0; i < size; i++) {
        all[i] = given.get(i).floatValue();
      }
      return all;
    }
    ByteString raw = tensor.getRawData();
    ByteBuffer bytes = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    switch (kind(tensor)) {
      case FLOAT -> bytes.asFloatBuffer().get(all);
      case INT32 -> fill(all, i -> bytes.getInt(4 * i));
      case DOUBLE -> fill(all, i -> (float) bytes.getDouble(8 * i));
      default -> fill(all, i -> bytes.getLong(8 * i));
    }
    return all;
  }

  private interface At {
    float number(int i);
  }

  private static void fill(float[] all, At at) {
    for (int i = 0; i < all.length; i++) {
      all[i] = at.number(i);
    }
  }
}
