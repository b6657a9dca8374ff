package org.deconvnet.jobs;

import java.util.List;
import picocli.CommandLine.Option;

/** Which layers of a model are meant. */
final class LayersOption {
  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER",
      description =
          "Layers, by their numbers from 1; of an ONNX network also by the name of a node or of what"
              + " it gives, or a part of it between slashes or dots. Default: all; of an ONNX network"
              + " what each rectifier gives.")
  List<String> names = List.of();
}
