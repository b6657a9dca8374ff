package org.deconvnet.jobs;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

@Command(
    name = "segment",
    mixinStandardHelpOptions = true,
    description = {
      "Labels pixels: learns from images and the labels of their pixels, labels other images,"
          + " measures how well."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet segment train --config conf/segment-cnn.yaml --input LABELLED \\",
      "    --output MODEL"
    },
    subcommands = {
      SegmentTrainCommand.class,
      SegmentPredictCommand.class,
      SegmentEvaluateCommand.class
    })
final class SegmentCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + String.join(", ", spec.subcommands().keySet()));
  }
}
