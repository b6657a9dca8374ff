package org.deconvnet.jobs;

import java.util.regex.Pattern;
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
  /** Where picocli lets the shell offer no files; an option that takes a folder is a text to it. */
  private static final Pattern NO_FILES = Pattern.compile("(?m)^.*compopt \\+o default$\\R");

  @Spec private CommandSpec command;

  @Override
  public void run() {
    CommandSpec root = command.root();
    String script = AutoComplete.bash(root.name(), root.commandLine());
    System.out.println(NO_FILES.matcher(script).replaceAll(""));
  }
}
