package org.deconvnet.jobs;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script by which bash and zsh complete verbs and options.",
      "Load it with the shell's command source; docs/guide.md says where to put that."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet completion")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    CommandSpec root = command.root();
    System.out.println(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
