package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What was spelt otherwise before still works, and says how it is spelt now. */
class OldSpellingsTest {
  private static final String NOTICE =
      "deconvnet: %s is now %s; the old spelling goes away in release 0.2%n";

  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --config c --model m | train --config c --output m | --model | --output",
        "train --model=m --config c | train --output=m --config c | --model | --output",
        "classify --out o --model m | classify --output o --model m | --out | --output",
        "reconstruct --out o | reconstruct --output o | --out | --output",
        "visualize --out o | visualize --output o | --out | --output",
        "denoise --out o | denoise --output o | --out | --output",
        "benchmark --out=a=b | benchmark --output=a=b | --out | --output",
        "ablations --out o | ablations --output o | --out | --output",
        "compare-learners --out o | compare-learners --output o | --out | --output",
        "quickstart --out o | quickstart --output o | --out | --output",
        "bench --seconds 30 | speed --seconds 30 | bench | speed",
        "--help bench | --help speed | bench | speed",
        "speed --json f | speed --output f | --json | --output"
      })
  void anOldSpellingIsReadAsTheNewOneAndSaysSo(String old, String now, String from, String to) {
    assertThat(rewritten(old)).isEqualTo(now);
    assertThat(err).hasToString(NOTICE.formatted(from, to));
  }

  @Test
  void everySpellingIsToldOnce() {
    assertThat(rewritten("bench --json f --json g")).isEqualTo("speed --output f --output g");
    assertThat(err)
        .hasToString(NOTICE.formatted("bench", "speed") + NOTICE.formatted("--json", "--output"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "train --config c --input bench --output m",
        "extract --model m --input i --output o",
        "benchmark --model m --conf a=--out",
        "pack --out o",
        "nonsense --out o"
      })
  void whatIsSpeltAsTodayOrNeverWasStaysAndNothingIsSaid(String line) {
    assertThat(rewritten(line)).isEqualTo(line);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed --seconds 1 | bench --seconds 1",
        "quickstart --output o --partitions 0 | quickstart --out o --partitions 0",
        "train --config c --input i --output o --seed x | train --config c --input i --model o --seed x"
      })
  void theProgramDoesTheSameAfterTheNotice(String now, String old) {
    MainTest.Result today = MainTest.run((Object[]) now.split(" "));
    MainTest.Result before = MainTest.run((Object[]) old.split(" "));
    assertThat(before.code()).isEqualTo(today.code()).isEqualTo(2);
    String[] told = before.err().split("\n", 2);
    assertThat(told[0]).matches("deconvnet: \\S+ is now \\S+; the old spelling goes away in .*");
    assertThat(told[1]).isEqualTo(today.err());
  }

  @Test
  void anArgumentFileIsReadAsWell(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("words"), "bench --seconds 1");
    MainTest.Result result = MainTest.run("@" + file);
    assertThat(result.err())
        .startsWith(NOTICE.formatted("bench", "speed"))
        .contains("--seconds: expected at least 20");
  }

  @Test
  void bothSpellingsAtOnceAreRefused() {
    MainTest.Result result =
        MainTest.run("train", "--config", "c", "--input", "i", "--model", "m", "--output", "o");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith(NOTICE.formatted("--model", "--output"))
        .contains("option '--output' (DIR) should be specified only once");
  }

  @Test
  void helpShowsNoOldSpelling() {
    CommandLine main = Main.commandLine();
    assertThat(main.getUsageMessage()).doesNotContainPattern("\\bbench\\b");
    main.getSubcommands()
        .forEach(
            (verb, command) ->
                assertThat(command.getUsageMessage())
                    .as(verb)
                    .doesNotContainPattern("--(out|json)\\b"));
    assertThat(main.getSubcommands().get("train").getUsageMessage()).doesNotContain("--model");
  }

  private String rewritten(String line) {
    Deque<String> backwards = new ArrayDeque<>();
    Arrays.stream(line.split(" ")).forEach(backwards::push);
    Stack<String> words = new Stack<>();
    words.addAll(backwards);
    CommandLine main = Main.commandLine().setErr(new PrintWriter(err));
    assertThat(new OldSpellings().preprocess(words, main.getCommandSpec(), null, null)).isFalse();
    List<String> forwards = new ArrayList<>(words);
    Collections.reverse(forwards);
    return String.join(" ", forwards);
  }
}
