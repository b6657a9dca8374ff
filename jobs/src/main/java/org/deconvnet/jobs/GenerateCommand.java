package org.deconvnet.jobs;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a generator of images, and shows images that it makes.",
      "After Radford, Metz and Chintala (2016): a generator and a discriminator train in turns."
    },
    subcommands = {
      GenerateTrainCommand.class,
      GenerateSampleCommand.class,
      GenerateInterpolateCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet generate train --help")
final class GenerateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + String.join(", ", spec.subcommands().keySet()));
  }
}
