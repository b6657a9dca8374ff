package org.deconvnet.jobs;

import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.GenerationOptions;
import org.deconvnet.spark.config.SegmentExperiment;
import picocli.CommandLine.Option;

/** The seed, for the verbs that draw anything at random. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides every random number; default: the configuration's, else 1.")
  Long seed;

  /** The seed, for a command that reads no configuration. */
  long or(long otherwise) {
    return seed == null ? otherwise : seed;
  }

  ExperimentOptions in(ExperimentOptions options) {
    return seed == null ? options : options.withSeed(seed);
  }

  SegmentExperiment in(SegmentExperiment options) {
    return seed == null ? options : options.withSeed(seed);
  }

  GenerationOptions in(GenerationOptions options) {
    return seed == null ? options : options.withSeed(seed);
  }
}
