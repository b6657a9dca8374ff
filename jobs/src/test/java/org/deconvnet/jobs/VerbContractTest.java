package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for every verb: an option's name says what it is, wherever it is found. */
class VerbContractTest {
  /** The texts of these end in what is read or written, and so differ from verb to verb. */
  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "--input", "Images to read: ",
          "--model", "Model to read: ",
          "--output", "Where to ",
          "--format", "One of parquet",
          "--masks", "Folder of PNG files of the images' sizes, black where a pixel is hidden: ");

  /** Verbs that draw nothing at random; `speed` always takes the same numbers. */
  private static final Set<String> WITHOUT_SEED =
      Set.of(
          "classify",
          "encode",
          "pack",
          "speed",
          "doctor",
          "completion",
          "notebook",
          "describe",
          "export",
          "import");

  /** Packing goes by shards; the others read no images, or a few. */
  private static final Set<String> WITHOUT_PARTITIONS =
      Set.of(
          "pack",
          "speed",
          "doctor",
          "completion",
          "notebook",
          "describe",
          "export",
          "import",
          "generate sample",
          "generate interpolate");

  /** They print or show, and write nothing. */
  private static final Set<String> WITHOUT_OUTPUT = Set.of("doctor", "completion", "notebook");

  private static final Set<String> WITHOUT_SPARK = Set.of("speed", "completion", "notebook");

  private static final Set<String> FIRST = Set.of("--config", "--model", "--input", "--output");

  private static final Set<String> READING_A_MODEL =
      Set.of(
          "extract",
          "encode",
          "classify",
          "reconstruct",
          "visualize",
          "occlude",
          "denoise",
          "inpaint",
          "benchmark",
          "describe",
          "export",
          "generate sample",
          "generate interpolate",
          "segment predict",
          "segment evaluate");

  private static final Pattern WRITES = Pattern.compile("(?i)\\b(write|writes|written|keep)\\b");

  static Stream<CommandLine> verbs() {
    return Verbs.all().stream();
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void helpShowsTheSynopsisAndAnExampleThatIsValid(CommandLine verb) {
    String name = Verbs.name(verb);
    MainTest.Result help = MainTest.run((Object[]) (name + " --help").split(" "));
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).startsWith("Usage: deconvnet " + name + " ");
    String[] parts = help.out().split("Example:\n");
    assertThat(parts).hasSize(2);
    String example = parts[1].replaceAll("\\\\\\s+", " ").strip();
    assertThat(example).startsWith("./deconvnet " + name);
    Main.commandLine().parseArgs(example.replace("./deconvnet ", "").split(" +"));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void theSynopsisIsShortAndNamesAllThatMustBeGiven(CommandLine verb) {
    String synopsis = synopsis(verb);
    assertThat(synopsis.lines().count()).isLessThanOrEqualTo(2);
    assertThat(synopsis).endsWith("[OPTIONS]");
    for (OptionSpec option : verb.getCommandSpec().options()) {
      boolean given = option.required() || option.group() != null;
      assertThat(synopsis.matches("(?s).*" + option.longestName() + "\\b.*"))
          .as(option.longestName())
          .isEqualTo(given);
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void whatIsReadAndWrittenComesFirstAndWhatEveryRunTakesLast(CommandLine verb) {
    List<String> order =
        verb.getUsageMessage()
            .split("Example:")[0]
            .lines()
            .filter(line -> line.matches(" {2,8}(-\\w, )?--\\w.*"))
            .map(line -> line.replaceFirst("^\\s+(-\\w, )?(--[\\w-]+).*", "$2"))
            .toList();
    assertThat(order).hasSameSizeAs(verb.getCommandSpec().options());
    assertThat(order).filteredOn(FIRST::contains).isEqualTo(order.subList(0, firstOwn(order)));
    assertThat(order.subList(order.size() - 2, order.size()))
        .containsExactly("--help", "--version");
  }

  /** The place after the last option that is read or written. */
  private static int firstOwn(List<String> order) {
    return FIRST.stream().mapToInt(order::indexOf).max().orElseThrow() + 1;
  }

  private static String synopsis(CommandLine verb) {
    String help = verb.getUsageMessage();
    return help.substring(0, help.indexOf("[OPTIONS]") + "[OPTIONS]".length());
  }

  @Test
  void optionsOfOneNameMeanTheSame() {
    Map<String, String> meanings = new HashMap<>();
    for (CommandLine verb : verbs().toList()) {
      for (OptionSpec option : verb.getCommandSpec().options()) {
        String meaning = meaning(option);
        assertThat(meanings.getOrDefault(option.longestName(), meaning))
            .as("%s %s", Verbs.name(verb), option.longestName())
            .isEqualTo(meaning);
        meanings.put(option.longestName(), meaning);
      }
    }
    assertThat(meanings).containsKeys("--seed", "--cache", "--classes", "--overwrite");
  }

  /** The whole text, or up to what the verb reads or writes. */
  private static String meaning(OptionSpec option) {
    String text = String.join(" ", option.description());
    String beginning = BEGINNINGS.get(option.longestName());
    if (beginning == null) {
      return option.paramLabel() + ": " + text;
    }
    assertThat(text).startsWith(beginning);
    return beginning;
  }

  @Test
  void whatIsReadAndWrittenHasOneName() {
    for (CommandLine verb : verbs().toList()) {
      for (OptionSpec option : verb.getCommandSpec().options()) {
        String text = String.join(" ", option.description());
        String name = option.longestName();
        assertThat(text.startsWith("Images to read")).as(name).isEqualTo(name.equals("--input"));
        assertThat(text.startsWith("Model to read")).as(name).isEqualTo(name.equals("--model"));
        assertThat(text.startsWith("Where to write")).as(name).isEqualTo(name.equals("--output"));
      }
    }
    assertThat(verbsWith("--model")).isEqualTo(READING_A_MODEL);
    assertThat(verbsWith("--output")).isEqualTo(without(WITHOUT_OUTPUT));
  }

  /** The cache may be deleted, and --overwrite is of the output. */
  @Test
  void nothingButTheOutputAndTheCacheIsWritten() {
    Set<String> writing =
        verbs()
            .flatMap(verb -> verb.getCommandSpec().options().stream())
            .filter(option -> WRITES.matcher(String.join(" ", option.description())).find())
            .map(OptionSpec::longestName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(writing).isEqualTo(Set.of("--cache", "--output"));
  }

  @Test
  void theSeedAndThePartitionsAreWhereTheyAct() {
    assertThat(verbsWith("--seed")).isEqualTo(without(WITHOUT_SEED));
    assertThat(verbsWith("--partitions")).isEqualTo(without(WITHOUT_PARTITIONS));
    assertThat(verbsWith("--master")).isEqualTo(without(WITHOUT_SPARK));
  }

  private static Set<String> without(Set<String> some) {
    Set<String> rest = verbs().map(Verbs::name).collect(Collectors.toSet());
    rest.removeAll(some);
    return rest;
  }

  private static Set<String> verbsWith(String option) {
    return verbs()
        .filter(verb -> verb.getCommandSpec().findOption(option) != null)
        .map(Verbs::name)
        .collect(Collectors.toSet());
  }
}
