package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Every command line that a document, a configuration or a script shows is one of today's. */
class DocumentedCommandsTest {
  private static final Path ROOT = DocumentsTest.ROOT;

  /** Blocks of lines, or words within one. */
  private static final Pattern CODE =
      Pattern.compile("^```.*?\\n(.*?)^```|`([^`\\n]+)`", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");

  /** A remark, a redirection, another command. */
  private static final Pattern END = Pattern.compile("\\s+(#|\\(|>|&|\\|).*");

  /** What the words of a command line follow: the launcher, the jar, or the script and its --. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[\\s\"])(?:\\./deconvnet|\"\\$run\"|\\S*/deconvnet\\.jar|\\S*deploy/submit\"?(?:"
              + " .*?)? --)\\s+(\\S.*)");

  /** Words for another program that is in the jar, such as an example. */
  private static final Pattern OTHER_PROGRAM =
      Pattern.compile("--class (?!org\\.deconvnet\\.jobs\\.Main\\b)");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\w+");

  /**
   * @param part within a sentence, which may show a verb with the option that it is about alone
   */
  record Shown(Path file, String command, boolean part) {}

  @Test
  void everyCommandThatIsShownIsValid() throws IOException {
    Set<String> verbs = new TreeSet<>();
    List<Shown> shown = shown(ROOT);
    shown.forEach(one -> parsed(one).ifPresent(verbs::add));
    assertThat(wrong(shown)).isEmpty();
    assertThat(shown).hasSizeGreaterThan(40);
    assertThat(verbs).isEqualTo(Verbs.names());
  }

  @Test
  void aCommandThatIsNotValidIsFound(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("conf"));
    Files.writeString(
        root.resolve("a.md"),
        "`./deconvnet pack --input I --output O`, `A=1 ./deconvnet bench` and `bench`,\n"
            + "`./deconvnet train --seed 1` and `./deconvnet train --sed 1`\n"
            + "```sh\n./deconvnet train --config c --input i --model m   # old\n"
            + "x/deploy/submit --conf a=b -- \\\n  quickstart --out o > log\n"
            + "spark-submit jobs/target/deconvnet.jar \\\n  extract --seed 1\n"
            + "spark-submit --class org.other.Program jobs/target/deconvnet.jar in out\n```\n"
            + "./deconvnet prose\n");
    Files.writeString(root.resolve("conf/b.yaml"), "# ./deconvnet speed --fast (or not)\n");
    assertThat(wrong(shown(root)))
        .containsExactly(
            "a.md: bench",
            "a.md: train --sed 1",
            "a.md: train --config c --input i --model m",
            "a.md: quickstart --out o",
            "a.md: extract --seed 1",
            "conf/b.yaml: speed --fast");
  }

  private static List<String> wrong(List<Shown> shown) {
    return shown.stream()
        .filter(one -> parsed(one).isEmpty())
        .map(one -> one.file() + ": " + one.command())
        .toList();
  }

  /** The verb; nothing where the words are no command line of today. */
  private static Optional<String> parsed(Shown shown) {
    String words = VARIABLE.matcher(shown.command().replace("\"", "")).replaceAll("1");
    try {
      ParseResult result = Main.commandLine().parseArgs(words.split("\\s+"));
      return Optional.of(Verbs.name(result));
    } catch (MissingParameterException e) {
      CommandLine verb = e.getCommandLine();
      return shown.part() && verb.getUnmatchedArguments().isEmpty()
          ? Optional.of(Verbs.name(verb))
          : Optional.empty();
    } catch (ParameterException e) {
      return Optional.empty();
    }
  }

  private static List<Shown> shown(Path root) throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (Path file : DocumentsTest.documents(root)) {
      CODE.matcher(Files.readString(file))
          .results()
          .forEach(
              code -> {
                boolean part = code.group(1) == null;
                add(root.relativize(file), part ? code.group(2) : code.group(1), part, shown);
              });
    }
    for (Path file : others(root)) {
      add(root.relativize(file), Files.readString(file), false, shown);
    }
    return shown;
  }

  /** Configurations, which say in their first lines how to use them, and scripts. */
  private static List<Path> others(Path root) throws IOException {
    List<String> scripts =
        List.of(".ci/run", "lib/bench/scaling/measure", "jobs/src/test/golden/v1/make.sh");
    try (Stream<Path> conf = Files.list(root.resolve("conf"))) {
      return Stream.concat(
              conf.filter(file -> file.toString().endsWith(".yaml")).sorted(),
              scripts.stream().map(root::resolve).filter(Files::exists))
          .toList();
    }
  }

  private static void add(Path file, String code, boolean part, List<Shown> shown) {
    Arrays.stream(CONTINUED.matcher(code).replaceAll(" ").split("\n"))
        .filter(line -> !OTHER_PROGRAM.matcher(line).find())
        .map(COMMAND::matcher)
        .filter(Matcher::find)
        .map(MatchResult::group)
        .map(found -> COMMAND.matcher(found).replaceFirst("$1"))
        .map(words -> END.matcher(words).replaceFirst("").strip())
        .filter(words -> !words.matches("--(version|help)|…"))
        .forEach(words -> shown.add(new Shown(file, words, part)));
  }
}
