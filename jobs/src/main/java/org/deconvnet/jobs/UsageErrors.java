package org.deconvnet.jobs;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.deconvnet.jobs.words.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and how it may be meant. */
final class UsageErrors implements IParameterExceptionHandler, IExecutionStrategy {
  /** Checks what picocli does not: a command that is not known beside --help, and numbers. */
  @Override
  public int execute(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    CommandLine line = command.commandSpec().commandLine();
    if (!line.getSubcommands().isEmpty() && !command.unmatched().isEmpty()) {
      throw new UnmatchedArgumentException(line, command.unmatched());
    }
    if (command != parsed && !command.isUsageHelpRequested()) {
      NumberOption.checkAll(line, command);
    }
    return new RunLast().execute(parsed);
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().printf("deconvnet: %s%n%s --help says more%n", message(wrong), name);
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String message(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    // What is misspelt is missing as well, and picocli tells of that first.
    List<String> unmatched = command.getUnmatchedArguments();
    if (!unmatched.isEmpty()) {
      return unknown(command, unmatched.get(0));
    }
    NumberOption number = wrong.getArgSpec() == null ? null : NumberOption.of(wrong.getArgSpec());
    if (number != null && wrong.getValue() != null) {
      return number.refusal("'" + wrong.getValue() + "'");
    }
    return wrong.getMessage().lines().findFirst().orElse("wrong usage").replace("Error: ", "");
  }

  /** The verbs that have an option; of a command line without verbs, none. */
  private static List<String> verbsWith(String option, CommandLine root) {
    return root == null
        ? List.of()
        : root.getSubcommands().values().stream()
            .filter(verb -> verb.getCommandSpec().findOption(option) != null)
            .map(CommandLine::getCommandName)
            .toList();
  }

  private static String elsewhere(String verb, String option, List<String> others) {
    String why =
        option.equals("--seed")
            ? "nothing that it does is random"
            : "these have it: " + String.join(", ", others);
    return "%s has no option %s; %s".formatted(verb, option, why);
  }

  private static String unknown(CommandLine command, String got) {
    Set<String> commands = new TreeSet<>(command.getSubcommands().keySet());
    if (got.startsWith("-")) {
      Set<String> options = command.getCommandSpec().optionsMap().keySet();
      String option = got.replaceAll("=.*", "");
      List<String> others = verbsWith(option, command.getParent());
      if (!others.isEmpty()) {
        return elsewhere(command.getCommandName(), option, others);
      }
      return "unknown option %s%s".formatted(option, NearestName.asked(option, options));
    }
    if (commands.isEmpty()) {
      return "expected options alone, got '%s'".formatted(got);
    }
    return "unknown command '%s'; expected one of %s%s"
        .formatted(got, String.join(", ", commands), NearestName.asked(got, commands));
  }
}
