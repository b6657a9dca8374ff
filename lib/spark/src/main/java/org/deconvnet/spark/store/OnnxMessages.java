package org.deconvnet.spark.store;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The few messages of ONNX's protobuf schema that networks take, by their field numbers there. */
final class OnnxMessages {
  private static final int IR_VERSION = 8;

  /** Of this set are all operators: convolutions have been the same since set 11. */
  private static final int OPERATOR_SET = 13;

  private static final int FLOAT = 1;
  private static final int FLOAT_ATTRIBUTE = 1;
  private static final int INTS = 7;

  private OnnxMessages() {}

  /** What writes the fields of a message. */
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static byte[] model(byte[] graph) {
    return message(
        model -> {
          model.writeInt64(1, IR_VERSION);
          model.writeString(2, ProgramVersion.text());
          model.writeByteArray(7, graph);
          model.writeByteArray(8, message(set -> set.writeInt64(2, OPERATOR_SET)));
        });
  }

  /**
   * @param nodes each behind those that it takes from
   * @param tensors that nodes take, and no other node gives
   */
  static byte[] graph(
      String name, List<byte[]> nodes, List<byte[]> tensors, byte[] input, byte[] output) {
    return message(
        graph -> {
          for (byte[] node : nodes) {
            graph.writeByteArray(1, node);
          }
          graph.writeString(2, name);
          for (byte[] tensor : tensors) {
            graph.writeByteArray(5, tensor);
          }
          graph.writeByteArray(11, input);
          graph.writeByteArray(12, output);
        });
  }

  static byte[] node(
      String operator, String name, List<String> inputs, String output, List<byte[]> attributes) {
    return message(
        node -> {
          for (String input : inputs) {
            node.writeString(1, input);
          }
          node.writeString(2, output);
          node.writeString(3, name);
          node.writeString(4, operator);
          for (byte[] attribute : attributes) {
            node.writeByteArray(5, attribute);
          }
        });
  }

  static byte[] integers(String name, int... values) {
    return message(
        attribute -> {
          attribute.writeString(1, name);
          for (int value : values) {
            attribute.writeInt64(8, value);
          }
          attribute.writeInt32(20, INTS);
        });
  }

  static byte[] number(String name, double value) {
    return message(
        attribute -> {
          attribute.writeString(1, name);
          attribute.writeFloat(2, (float) value);
          attribute.writeInt32(20, FLOAT_ATTRIBUTE);
        });
  }

  static byte[] tensor(String name, float[] numbers, List<Integer> axes) {
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    return message(
        tensor -> {
          for (int axis : axes) {
            tensor.writeInt64(1, axis);
          }
          tensor.writeInt32(2, FLOAT);
          tensor.writeString(8, name);
          tensor.writeByteArray(9, raw.array());
        });
  }

  /**
   * What goes in or comes out, for any number of images.
   *
   * @param axes of one image: numbers, or names of what may be any
   */
  static byte[] value(String name, List<?> axes) {
    byte[] shape =
        message(
            all -> {
              all.writeByteArray(1, axis("n"));
              for (Object axis : axes) {
                all.writeByteArray(1, axis(axis));
              }
            });
    byte[] tensor =
        message(
            type -> {
              type.writeInt32(1, FLOAT);
              type.writeByteArray(2, shape);
            });
    return message(
        value -> {
          value.writeString(1, name);
          value.writeByteArray(2, message(type -> type.writeByteArray(1, tensor)));
        });
  }

  private static byte[] axis(Object axis) {
    return message(
        one -> {
          if (axis instanceof Integer size) {
            one.writeInt64(1, size);
          } else {
            one.writeString(2, axis.toString());
          }
        });
  }
}
