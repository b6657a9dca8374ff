package org.deconvnet.jobs;

import org.deconvnet.spark.store.Terminal;
import picocli.CommandLine.Option;

/** Options of every command that runs on Spark and writes a folder. */
final class CommonOptions extends SparkOptions {
  @Option(
      names = "--overwrite",
      description = "Replace what an earlier run wrote to the output folder.")
  boolean overwrite;

  @Option(names = "--quiet", description = "Show errors and the result, and no progress.")
  boolean quiet;

  @Option(
      names = LogFile.VERBOSE,
      description = "Show Spark's log on the terminal as well as in its file.")
  boolean verbose;

  /** Where a run says how it goes: the standard output. Names the file that Spark logs to. */
  Terminal terminal() {
    String log = LogFile.name();
    if (!quiet && !log.isEmpty()) {
      System.out.println("Spark's log: " + log);
    }
    return Screen.terminal(System.out, quiet, verbose);
  }
}
