package org.deconvnet.jobs;

import picocli.CommandLine.Option;

/** For the verbs whose time and memory can be tried on a few images. */
final class DryRunOption {
  @Option(
      names = "--dry-run",
      description =
          "Show the settings, the number of images, and an estimate of time and memory from a trial"
              + " of ten images; then stop.")
  boolean wanted;
}
