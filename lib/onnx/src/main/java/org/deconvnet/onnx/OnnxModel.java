package org.deconvnet.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deconvnet.network.cnn.CnnGraph;
import org.deconvnet.network.cnn.CnnModel;
import org.deconvnet.network.cnn.CnnNode;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.ForwardPass;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;

/**
 * A network of an ONNX file. Tensors that are to be kept become outputs of its graph, and so do the
 * Indices of max pooling. Thread-safe.
 */
final class OnnxModel implements CnnModel {
  private static final String INDICES = "/indices-of-the-way-down";

  private final String name;
  private final ModelProto model;
  private final NetworkInput input;
  private final CnnGraph graph;

  private OnnxModel(String name, ModelProto model, NetworkInput input, CnnGraph graph) {
    this.name = name;
    this.model = model;
    this.input = input;
    this.graph = graph;
  }

  /** Runs an image of zeros through the network, which says what shapes its tensors have. */
  static OnnxModel open(String name, ModelProto model, CnnOptions options) {
    NetworkInput input = NetworkInput.of(name, model, options);
    List<CnnNode> nodes = GraphReader.nodes(model.getGraph());
    List<String> made =
        nodes.stream()
            .flatMap(node -> node.outputs().stream())
            .filter(output -> !output.isEmpty())
            .distinct()
            .toList();
    Map<String, Shape> shapes;
    try (OrtForwardPass trial =
        OrtForwardPass.of(name, withOutputs(model, made), input, Map.of())) {
      FeatureMaps zeros = FeatureMaps.zeros(input.shape());
      shapes = trial.shapes(zeros);
      if (input.batches() && !trial.takesTwo(zeros, shapes)) {
        input = input.oneByOne();
      }
    }
    shapes.put(input.tensor(), input.shape());
    CnnGraph graph =
        new CnnGraph(
            nodes,
            GraphReader.constants(model.getGraph()),
            GraphReader.constantNames(model.getGraph()),
            input.tensor(),
            shapes);
    return new OnnxModel(name, model, input, graph);
  }

  @Override
  public CnnGraph graph() {
    return graph;
  }

  @Override
  public ForwardPass forward(Collection<String> tensors, Collection<String> pooled) {
    return tensors.isEmpty() && pooled.isEmpty() ? new NothingKept() : keeping(tensors, pooled);
  }

  private ForwardPass keeping(Collection<String> tensors, Collection<String> pooled) {
    ModelProto.Builder builder = model.toBuilder();
    List<String> kept = new ArrayList<>(new TreeSet<>(tensors));
    Map<String, OrtForwardPass.Pooled> switches = new HashMap<>();
    for (NodeProto.Builder node : builder.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("MaxPool") && pooled.contains(node.getOutput(0))) {
        String indices = withIndices(node);
        kept.add(indices);
        switches.put(indices, pooled(node.getOutput(0), node.getInput(0)));
      }
    }
    return OrtForwardPass.of(name, withOutputs(builder.build(), kept), input, switches);
  }

  private OrtForwardPass.Pooled pooled(String output, String below) {
    return new OrtForwardPass.Pooled(
        output, graph.shape(output).orElseThrow(), graph.shape(below).orElseThrow());
  }

  /**
   * Makes a max pooling give its Indices, row by row, as switches count.
   *
   * @return their name
   */
  private static String withIndices(NodeProto.Builder node) {
    String name = node.getOutput(0) + INDICES;
    if (node.getOutputCount() < 2) {
      node.addOutput(name);
    } else if (node.getOutput(1).isEmpty()) {
      node.setOutput(1, name);
    }
    for (int i = node.getAttributeCount() - 1; i >= 0; i--) {
      if (node.getAttribute(i).getName().equals("storage_order")) {
        node.removeAttribute(i);
      }
    }
    return node.getOutput(1);
  }

  /** The same network with these outputs alone; what only others need is not computed. */
  private static byte[] withOutputs(ModelProto model, List<String> tensors) {
    ModelProto.Builder builder = model.toBuilder();
    GraphProto.Builder graph = builder.getGraphBuilder();
    Set<String> wanted = new HashSet<>(tensors);
    List<NodeProto> needed = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(wanted::contains)) {
        wanted.addAll(Names.read(node));
        needed.add(0, node);
      }
    }
    graph.clearNode().addAllNode(needed).clearOutput();
    tensors.forEach(tensor -> graph.addOutput(ValueInfoProto.newBuilder().setName(tensor)));
    return builder.build().toByteArray();
  }
}
