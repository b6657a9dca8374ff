package org.deconvnet.jobs;

import picocli.CommandLine.Option;

/** The number of partitions, for the verbs that work on images partition by partition. */
final class PartitionsOption {
  /** 0: as the work asks for. */
  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the images, about equal in bytes or, packed, in pixels; default: as the work asks for.")
  @Within(least = 1)
  int count;
}
