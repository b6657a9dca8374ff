package org.deconvnet.jobs;

import picocli.CommandLine.Option;

/** Options of every command that runs on Spark and writes a folder. */
final class CommonOptions extends SparkOptions {
  @Option(
      names = "--overwrite",
      description = "Replace what an earlier run wrote to the output folder.")
  boolean overwrite;
}
