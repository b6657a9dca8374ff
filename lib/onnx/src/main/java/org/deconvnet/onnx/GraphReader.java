package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deconvnet.network.cnn.Attributes;
import org.deconvnet.network.cnn.CnnNode;
import org.deconvnet.network.cnn.ConstantTensor;
import org.deconvnet.tensor.UserErrorException;

/** Nodes and constants of an ONNX graph. */
final class GraphReader {
  private GraphReader() {}

  /** In the file's order, each with a name of its own. */
  static List<CnnNode> nodes(GraphProto graph) {
    List<CnnNode> nodes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOutputCount() == 0 || node.getOutput(0).isEmpty()) {
        throw new UserErrorException(
            "node %s (%s): expected an output, got none; the file is damaged"
                .formatted(node.getName(), node.getOpType()));
      }
      if (node.getOpType().equals("Constant")) {
        continue;
      }
      String name = node.getName().isEmpty() ? node.getOpType() : node.getName();
      for (int next = 2; !names.add(name); next++) {
        name = (node.getName().isEmpty() ? node.getOpType() : node.getName()) + "_" + next;
      }
      nodes.add(
          new CnnNode(
              name, operator(node), node.getInputList(), node.getOutputList(), attributes(node)));
    }
    return nodes;
  }

  /** Operators of other domains share no name with ONNX' own. */
  private static String operator(NodeProto node) {
    String domain = node.getDomain();
    return domain.isEmpty() || domain.equals("ai.onnx")
        ? node.getOpType()
        : domain + "." + node.getOpType();
  }

  private static Attributes attributes(NodeProto node) {
    Map<String, int[]> integers = new HashMap<>();
    Map<String, float[]> numbers = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      switch (attribute.getType()) {
        case INT -> integers.put(attribute.getName(), new int[] {clamped(attribute.getI())});
        case INTS ->
            integers.put(
                attribute.getName(),
                attribute.getIntsList().stream().mapToInt(GraphReader::clamped).toArray());
        case FLOAT -> numbers.put(attribute.getName(), new float[] {attribute.getF()});
        case FLOATS -> numbers.put(attribute.getName(), floats(attribute));
        case STRING -> texts.put(attribute.getName(), attribute.getS().toStringUtf8());
        default -> {
          // Tensors and graphs are of operators that no way leads through.
        }
      }
    }
    return new Attributes(integers, numbers, texts);
  }

  private static float[] floats(AttributeProto attribute) {
    float[] all = new float[attribute.getFloatsCount()];
    for (int i = 0; i < all.length; i++) {
      all[i] = attribute.getFloats(i);
    }
    return all;
  }

  /** Some exporters write the largest number there is for "to the end". */
  private static int clamped(long value) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  /** By name, those of nodes that only hold one as well. */
  static Map<String, ConstantTensor> constants(GraphProto graph) {
    Map<String, ConstantTensor> constants = new HashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      Tensors.constant(tensor).ifPresent(found -> constants.put(tensor.getName(), found));
    }
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant")) {
        constant(node).ifPresent(found -> constants.put(node.getOutput(0), found));
      }
    }
    return constants;
  }

  private static Optional<ConstantTensor> constant(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      switch (attribute.getName()) {
        case "value" -> {
          return Tensors.constant(attribute.getT());
        }
        case "value_float" -> {
          return Optional.of(listed(new float[] {attribute.getF()}));
        }
        case "value_floats" -> {
          return Optional.of(listed(floats(attribute)));
        }
        case "value_int" -> {
          return Optional.of(listed(new float[] {attribute.getI()}));
        }
        case "value_ints" -> {
          float[] all = new float[attribute.getIntsCount()];
          for (int i = 0; i < all.length; i++) {
            all[i] = attribute.getInts(i);
          }
          return Optional.of(listed(all));
        }
        default -> {
          // Text and sparse tensors are of operators that no way leads through.
        }
      }
    }
    return Optional.empty();
  }

  private static ConstantTensor listed(float[] numbers) {
    return new ConstantTensor(new int[] {numbers.length}, numbers::clone);
  }

  /** Names of all constants, of whatever kind. */
  static Set<String> constantNames(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(sparse -> names.add(sparse.getValues().getName()));
    graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Constant"))
        .forEach(node -> names.addAll(node.getOutputList()));
    return names;
  }
}
