package org.deconvnet.jobs;

import java.util.List;
import picocli.CommandLine.Option;

/** Weights λ in place of the model's, for the verbs that restore images. */
final class LambdaOption {
  @Option(
      names = "--lambda",
      split = ",",
      paramLabel = "L",
      description =
          "Weights, one a layer: of network.model dn, of the data term, smaller for more noise; of"
              + " csc, of the sparsity, larger for more noise; default: the model's own.")
  @Within(above = 0)
  List<Double> values = List.of();
}
