package org.deconvnet.jobs;

import java.util.List;
import org.deconvnet.network.cnn.CnnOptions;
import picocli.CommandLine.Option;

/** Which layers of an ONNX network are meant. */
final class CnnLayersOption {
  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "NAME",
      description =
          "Layers of an ONNX network: names of nodes or of what they give, or a part of one between"
              + " slashes or dots; default: what each rectifier gives.")
  List<String> names = List.of();

  CnnOptions options() {
    return CnnOptions.DEFAULTS.withLayers(names);
  }
}
