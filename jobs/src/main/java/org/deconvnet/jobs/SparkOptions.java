package org.deconvnet.jobs;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that starts Spark. */
class SparkOptions {
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

  /** The command line, word by word. */
  List<String> arguments() {
    return command.commandLine().getParseResult().originalArgs();
  }
}
