package org.deconvnet.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The verbs that do something: those below {@code generate} in its place. */
final class Verbs {
  private static final String PROGRAM = "deconvnet ";

  private Verbs() {}

  static List<CommandLine> all() {
    return below(Main.commandLine());
  }

  private static List<CommandLine> below(CommandLine command) {
    List<CommandLine> verbs = new ArrayList<>();
    for (CommandLine verb : command.getSubcommands().values()) {
      if (verb.getSubcommands().isEmpty()) {
        verbs.add(verb);
      } else {
        verbs.addAll(below(verb));
      }
    }
    return verbs;
  }

  /** As a command line has it, such as {@code generate train}. */
  static String name(CommandLine verb) {
    return verb.getCommandSpec().qualifiedName().substring(PROGRAM.length());
  }

  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    all().forEach(verb -> names.add(name(verb)));
    return names;
  }

  /** The verb of a command line that was read. */
  static String name(ParseResult result) {
    ParseResult last = result;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return name(last.commandSpec().commandLine());
  }
}
