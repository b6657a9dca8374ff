package org.deconvnet.spark.store;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.deconvnet.tensor.FilterBank;

/**
 * Filters as an ONNX model of one ConvTranspose: from a layer's maps z, (n, maps, rows + s − 1,
 * columns + s − 1), to what they reconstruct, (n, channels, rows, columns). The few messages of
 * ONNX's protobuf schema that this takes, by their field numbers there.
 */
public final class OnnxFormat {
  private static final String MAPS = "maps";
  private static final String FILTERS = "filters";
  private static final String RECONSTRUCTION = "reconstruction";

  private static final int IR_VERSION = 8;

  /** ConvTranspose has been the same since set 11. */
  private static final int OPERATOR_SET = 13;

  private static final int FLOAT = 1;
  private static final int INTS = 7;

  private OnnxFormat() {}

  /** What writes the fields of a message. */
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /**
   * The model.
   *
   * @param name of the graph
   */
  public static byte[] of(FilterBank filters, String name) {
    return message(
        model -> {
          model.writeInt64(1, IR_VERSION);
          model.writeString(2, ProgramVersion.text());
          model.writeByteArray(7, graph(filters, name));
          model.writeByteArray(8, message(set -> set.writeInt64(2, OPERATOR_SET)));
        });
  }

  private static byte[] graph(FilterBank filters, String name) {
    return message(
        graph -> {
          graph.writeByteArray(1, convTranspose(filters.side()));
          graph.writeString(2, name);
          graph.writeByteArray(5, tensor(filters));
          graph.writeByteArray(11, value(MAPS, filters.maps(), "map_rows", "map_columns"));
          graph.writeByteArray(12, value(RECONSTRUCTION, filters.channels(), "rows", "columns"));
        });
  }

  /** Padding cuts off what only a part of a filter reaches. */
  private static byte[] convTranspose(int side) {
    return message(
        node -> {
          node.writeString(1, MAPS);
          node.writeString(1, FILTERS);
          node.writeString(2, RECONSTRUCTION);
          node.writeString(3, "synthesis");
          node.writeString(4, "ConvTranspose");
          node.writeByteArray(5, integers("kernel_shape", side, side));
          node.writeByteArray(5, integers("pads", side - 1, side - 1, side - 1, side - 1));
        });
  }

  private static byte[] integers(String name, int... values) {
    return message(
        attribute -> {
          attribute.writeString(1, name);
          for (int value : values) {
            attribute.writeInt64(8, value);
          }
          attribute.writeInt32(20, INTS);
        });
  }

  private static byte[] tensor(FilterBank filters) {
    ByteBuffer raw =
        ByteBuffer.allocate(filters.data().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(filters.data());
    return message(
        tensor -> {
          for (int axis :
              new int[] {filters.maps(), filters.channels(), filters.side(), filters.side()}) {
            tensor.writeInt64(1, axis);
          }
          tensor.writeInt32(2, FLOAT);
          tensor.writeString(8, FILTERS);
          tensor.writeByteArray(9, raw.array());
        });
  }

  /** A tensor of images: any number of them, so many planes, any size. */
  private static byte[] value(String name, int planes, String rows, String columns) {
    byte[] shape =
        message(
            axes -> {
              axes.writeByteArray(1, message(axis -> axis.writeString(2, "n")));
              axes.writeByteArray(1, message(axis -> axis.writeInt64(1, planes)));
              axes.writeByteArray(1, message(axis -> axis.writeString(2, rows)));
              axes.writeByteArray(1, message(axis -> axis.writeString(2, columns)));
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

  private static byte[] message(Fields fields) {
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
}
