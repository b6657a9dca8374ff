package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** Which tensors a node reads, its branches and loops included. */
final class Names {
  private Names() {}

  static Set<String> read(NodeProto node) {
    Set<String> names = new HashSet<>(node.getInputList());
    for (AttributeProto attribute : node.getAttributeList()) {
      attribute.getG().getNodeList().forEach(inner -> names.addAll(read(inner)));
      attribute.getG().getOutputList().forEach(output -> names.add(output.getName()));
    }
    return names;
  }
}
