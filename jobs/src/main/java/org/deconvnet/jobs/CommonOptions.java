package org.deconvnet.jobs;

import java.util.List;
import java.util.Map;
import org.deconvnet.spark.config.ExperimentOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command takes. */
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master; default: what spark-submit says, else local[*].")
  String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, as spark-submit takes it; once for each.")
  Map<String, String> settings = Map.of();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the images, about equal in bytes or, packed, in pixels; default: as the work asks for.")
  @Within(least = 1)
  int partitions;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides every random number; default: the configuration's, else 1.")
  Long seed;

  @Option(
      names = "--overwrite",
      description = "Replace what an earlier run wrote to the output folder.")
  boolean overwrite;

  /** The command line, word by word. */
  List<String> arguments() {
    return command.commandLine().getParseResult().originalArgs();
  }

  /** The seed, for a command that reads no configuration. */
  long seedOr(long otherwise) {
    return seed == null ? otherwise : seed;
  }

  ExperimentOptions seeded(ExperimentOptions options) {
    return seed == null ? options : options.withSeed(seed);
  }
}
