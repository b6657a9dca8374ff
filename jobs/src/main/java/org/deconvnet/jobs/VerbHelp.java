package org.deconvnet.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What {@code --help} shows, in the order in which a person asks: what a verb reads and writes,
 * then its own options as its class lists them, then those of every run. The synopsis holds what
 * must be given and nothing else.
 */
final class VerbHelp extends Help {
  private static final List<String> FIRST = List.of("--config", "--model", "--input", "--output");
  private static final List<String> LAST =
      List.of(
          "--seed",
          "--partitions",
          "--overwrite",
          "--dry-run",
          "--quiet",
          "--verbose",
          "--master",
          "--conf",
          "--help",
          "--version");

  private final CommandSpec command;

  VerbHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
    this.command = command;
  }

  @Override
  public Comparator<OptionSpec> createDefaultOptionSort() {
    return Comparator.comparingInt(option -> rank(option.longestName()));
  }

  private static int rank(String option) {
    int first = FIRST.indexOf(option);
    int last = LAST.indexOf(option);
    return first >= 0 ? first : FIRST.size() + 1 + last;
  }

  @Override
  public String synopsis(int headingLength) {
    if (!command.subcommands().isEmpty()) {
      return super.synopsis(headingLength);
    }
    int width = command.usageMessage().width() - 1;
    StringBuilder text = new StringBuilder(command.qualifiedName());
    int column = headingLength + text.length();
    for (String part : synopsisParts()) {
      boolean fits = column + 1 + part.length() <= width;
      text.append(fits ? " " : "%n" + " ".repeat(headingLength + 1)).append(part);
      column = (fits ? column : headingLength) + 1 + part.length();
    }
    return text.append("%n").toString().formatted();
  }

  private List<String> synopsisParts() {
    List<String> parts = new ArrayList<>();
    command.options().stream()
        .filter(option -> option.required() && option.group() == null)
        .sorted(createDefaultOptionSort())
        .forEach(option -> parts.add(option.longestName() + " " + option.paramLabel()));
    command.argGroups().stream()
        .map(ArgGroupSpec::synopsis)
        .map(group -> group.replace('=', ' '))
        .forEach(parts::add);
    parts.add("[OPTIONS]");
    return parts;
  }
}
