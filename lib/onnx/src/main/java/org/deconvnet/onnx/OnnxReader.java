package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.function.Function;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnModel;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.tensor.UserErrorException;

/** Reads ONNX files of operator set 9 and newer. Thread-safe. */
public final class OnnxReader implements CnnFormat {
  private static final int LEAST_SET = 9;

  @Override
  public byte[] whole(String name, byte[] content, Function<String, byte[]> beside) {
    ModelProto model = parse(name, content);
    return ExternalData.isIn(model) ? ExternalData.inlined(name, model, beside) : content;
  }

  @Override
  public CnnModel open(String name, byte[] whole, CnnOptions options) {
    return OnnxModel.open(name, parse(name, whole), options);
  }

  private static ModelProto parse(String name, byte[] content) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new UserErrorException(
          "network %s: expected an ONNX file, got %d bytes that are none or are damaged: %s"
              .formatted(name, content.length, e.getMessage()));
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw new UserErrorException(
          "network %s: expected an ONNX file with a graph, got %d bytes without one"
              .formatted(name, content.length));
    }
    requireSet(name, model);
    ExternalData.requireNoneWithin(name, model.getGraph());
    return model;
  }

  private static void requireSet(String name, ModelProto model) {
    for (OperatorSetIdProto set : model.getOpsetImportList()) {
      boolean standard = set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx");
      if (standard && set.getVersion() < LEAST_SET) {
        throw new UserErrorException(
            "network %s: expected ONNX' operator set %d or newer, got %d; export it again"
                .formatted(name, LEAST_SET, set.getVersion()));
      }
    }
  }
}
