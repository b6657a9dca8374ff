package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} says, at 80 columns. */
class HelpTest {
  private static final int COLUMNS = 80;

  static Stream<CommandLine> commands() {
    CommandLine main = Main.commandLine();
    CommandLine generate = main.getSubcommands().get("generate");
    CommandLine segment = main.getSubcommands().get("segment");
    return Stream.concat(Stream.of(main, generate, segment), Verbs.all().stream())
        .map(command -> command.setUsageHelpWidth(COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyTextIsWholeSentences(CommandLine command) {
    // The list of commands shows the first text alone.
    for (String text : command.getCommandSpec().usageMessage().description()) {
      assertThat(text).as(command.getCommandName()).matches("[A-Z].*[^ ]\\.");
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      assertThat(String.join(" ", option.description()))
          .as(option.longestName())
          .matches("[A-Z].*[^ ]\\.");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyTextIsWrappedAndNoneIsCut(CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    assertThat(help.lines()).allMatch(line -> line.length() <= COLUMNS);
    String flowing = unspaced(help);
    for (String text : command.getCommandSpec().usageMessage().description()) {
      assertThat(flowing).contains(unspaced(text));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      String text = String.join(" ", option.description());
      assertThat(flowing)
          .contains(unspaced(text.replace("${DEFAULT-VALUE}", option.defaultValueString())));
    }
    for (CommandLine verb : List.copyOf(command.getSubcommands().values())) {
      assertThat(flowing).contains(unspaced(verb.getCommandSpec().usageMessage().description()[0]));
    }
  }

  /** Lines may end at a blank, and in a name at a point or a slash. */
  private static String unspaced(String text) {
    return text.replaceAll("\\s+", "");
  }
}
