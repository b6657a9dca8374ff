package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.deconvnet.tensor.UserErrorException;

/**
 * Numbers that lie in files beside an ONNX file, brought into it: one array of bytes then goes to
 * every process.
 */
final class ExternalData {
  /** What one protobuf message, and one array, can hold. */
  private static final long MOST = Integer.MAX_VALUE - 64;

  private ExternalData() {}

  static boolean isIn(ModelProto model) {
    return isIn(model.getGraph());
  }

  private static boolean isIn(GraphProto graph) {
    return graph.getInitializerList().stream().anyMatch(ExternalData::isExternal);
  }

  private static boolean isExternal(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  /** Of constants alone numbers may lie elsewhere, and nowhere within a node. */
  static void requireNoneWithin(String name, GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto attribute : node.getAttributeList()) {
        boolean external =
            isExternal(attribute.getT())
                || attribute.getTensorsList().stream().anyMatch(ExternalData::isExternal)
                || isIn(attribute.getG())
                || attribute.getGraphsList().stream().anyMatch(ExternalData::isIn);
        if (external) {
          throw new UserErrorException(
              "network %s: node %s: expected its own numbers within the file, got some in a file beside it"
                  .formatted(name, node.getName()));
        }
        requireNoneWithin(name, attribute.getG());
        attribute.getGraphsList().forEach(inner -> requireNoneWithin(name, inner));
      }
    }
  }

  static byte[] inlined(String name, ModelProto model, Function<String, byte[]> beside) {
    Map<String, byte[]> files = new HashMap<>();
    ModelProto.Builder whole = model.toBuilder();
    long bytes = model.getSerializedSize();
    for (TensorProto.Builder tensor : whole.getGraphBuilder().getInitializerBuilderList()) {
      if (isExternal(tensor.buildPartial())) {
        ByteString data = data(name, tensor.buildPartial(), files, beside);
        bytes += data.size();
        requireRoom(name, bytes);
        tensor
            .setRawData(data)
            .clearExternalData()
            .setDataLocation(TensorProto.DataLocation.DEFAULT);
      }
    }
    return whole.build().toByteArray();
  }

  private static void requireRoom(String name, long bytes) {
    if (bytes > MOST) {
      throw new UserErrorException(
          "network %s: expected at most 2 GB together with the files beside it, got more"
              .formatted(name));
    }
  }

  private static ByteString data(
      String name, TensorProto tensor, Map<String, byte[]> files, Function<String, byte[]> beside) {
    Map<String, String> keys = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      keys.put(entry.getKey(), entry.getValue());
    }
    String location = requireBelow(name, tensor, keys.getOrDefault("location", ""));
    byte[] file = files.computeIfAbsent(location, beside);
    long offset = number(name, tensor, keys.getOrDefault("offset", "0"));
    long length =
        number(name, tensor, keys.getOrDefault("length", Long.toString(file.length - offset)));
    if (offset < 0 || length < 0 || offset > file.length - length) {
      throw new UserErrorException(
          "network %s: tensor %s: expected %d bytes from byte %d of %s, which has %d"
              .formatted(name, tensor.getName(), length, offset, location, file.length));
    }
    return ByteString.copyFrom(file, (int) offset, (int) length);
  }

  private static long number(String name, TensorProto tensor, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UserErrorException(
          "network %s: tensor %s: expected the place of its numbers as bytes, got %s"
              .formatted(name, tensor.getName(), text));
    }
  }

  /** A network that somebody sent must not read what lies elsewhere. */
  private static String requireBelow(String name, TensorProto tensor, String location) {
    boolean outside =
        location.isEmpty()
            || location.startsWith("/")
            || location.contains(":")
            || location.contains("\\")
            || location.equals("..")
            || location.startsWith("../")
            || location.endsWith("/..")
            || location.contains("/../");
    if (outside) {
      throw new UserErrorException(
          "network %s: tensor %s: expected its numbers in a file beside the network, got %s"
              .formatted(name, tensor.getName(), location));
    }
    return location;
  }
}
