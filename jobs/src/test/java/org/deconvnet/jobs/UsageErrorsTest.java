package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.deconvnet.jobs.MainTest.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Command lines that are refused before any work: Spark is not even started. */
class UsageErrorsTest {
  private static final String TRAIN = "train --config c --input i --output m ";
  private static final String INPAINT = "inpaint --model m --input i --output o ";
  private static final String DENOISE = "denoise --model m --input i --output o ";
  private static final String BENCHMARK = "benchmark --config c --input i --output o ";

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "nonsense --help", "-h nonsense", "nonsense --config x"})
  void aCommandThatIsNotKnownIsRefusedAndTheNearestNamed(String line) {
    Result result = run(line);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("deconvnet: unknown command 'nonsense'; expected one of ablations, benchmark, ")
        .contains("did you mean denoise?");
  }

  @ParameterizedTest
  @CsvSource({
    "trian, 'did you mean train?'",
    "clasify, 'did you mean classify?'",
    "TRAIN --config c, 'did you mean train?'",
    "--verison, 'unknown option --verison; did you mean --version?'"
  })
  void theNearestCommandIsNamed(String line, String told) {
    assertThat(run(line).code()).isEqualTo(2);
    assertThat(run(line).err()).contains(told);
  }

  @Test
  void aMisspeltOptionIsNamedRatherThanTheOneThatIsMissing() {
    Result result = run("train --config c --inptu i --model m");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("unknown option --inptu; did you mean --input?");
    assertThat(run(TRAIN + "--partition=3").err())
        .contains("unknown option --partition; did you mean --partitions?");
    assertThat(run(TRAIN + "more").err()).contains("expected options alone, got 'more'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classify --seed=1 | classify has no option --seed; nothing that it does is random",
        "pack --seed 1 | pack has no option --seed; nothing that it does is random",
        "pack --partitions 1 | pack has no option --partitions; these have it: quickstart, train, ",
        "train --top 3 | train has no option --top; these have it: visualize",
        "extract --out o | unknown option --out; did you mean --output?"
      })
  void anOptionOfOtherVerbsIsRefusedAsSuch(String line, String told) {
    Result result = run(line);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("deconvnet: " + told).hasLineCount(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate | expected a command: train, sample, interpolate",
        "generate smaple | unknown command 'smaple'; expected one of interpolate, sample, train",
        "generate sample --model m --output o --count 0 | --count: expected a whole number from 1"
            + " to",
        "generate sample --model m --output o --rows 2 | sample has no option --rows; these have"
            + " it",
        "generate interpolate --model m --output o --columns 1 | --columns: expected a whole number"
      })
  void whatStandsBelowAVerbIsCheckedAsVerbsAre(String line, String told) {
    Result result = run(line);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("deconvnet: " + told);
  }

  @Test
  void helpOfACommandIsNoError() {
    assertThat(run("train --help").code()).isZero();
    assertThat(run("--help").code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        TRAIN
            + "--partitions -3 | --partitions: expected a whole number from 1 to 2147483647, got"
            + " -3",
        TRAIN
            + "--partitions 0 | --partitions: expected a whole number from 1 to 2147483647, got 0",
        TRAIN
            + "--partitions two | --partitions: expected a whole number from 1 to 2147483647, got"
            + " 'two'",
        TRAIN
            + "--partitions 1.5 | --partitions: expected a whole number from 1 to 2147483647, got"
            + " '1.5'",
        TRAIN
            + "--partitions 9999999999 | --partitions: expected a whole number from 1 to"
            + " 2147483647, got '9999999999'",
        TRAIN + "--seed x | --seed: expected a whole number of at most 64 bits, got 'x'",
        BENCHMARK + "--classes 1 | --classes: expected a whole number from 2 to 2147483647, got 1",
        BENCHMARK + "--splits 0 | --splits: expected a whole number from 1 to 2147483647, got 0",
        BENCHMARK + "--train-per-class -1 | --train-per-class: expected a whole number from 1 to",
        "ablations --config c --input i --output o --classes 0 | --classes: expected a whole number"
            + " from 2",
        "pack --input i --output o --shard-mb 0 | --shard-mb: expected a whole number from 1 to",
        "extract --model m --input i --output o --layers 1,0 | --layers: expected numbers from"
            + " 1, or names, got 0",
        "visualize --model m --input i --output o --top 101 | --top: expected a whole number from 1"
            + " to 100, got 101",
        DENOISE + "--sigma NaN | --sigma: expected a number above 0 and at most 100, got NaN",
        DENOISE
            + "--sigma -Infinity | --sigma: expected a number above 0 and at most 100, got"
            + " -Infinity",
        DENOISE + "--sigma 0 | --sigma: expected a number above 0 and at most 100, got 0",
        DENOISE + "--sigma 9 --lambda 1,-2 | --lambda: expected a number above 0, got -2",
        DENOISE + "--sigma 9 --lambda NaN | --lambda: expected a number above 0, got NaN",
        DENOISE + "--sigma 9 --lambda 1e400 | --lambda: expected a number above 0, got 1e400",
        INPAINT + "--missing 1 | --missing: expected a number above 0 and below 1, got 1",
        INPAINT + "--missing 0 | --missing: expected a number above 0 and below 1, got 0",
        DENOISE + "--sigma 9 --lambda 1,x | --lambda: expected a number above 0, got 'x'",
        "speed --seconds Infinity | --seconds: expected a number above 0, got Infinity"
      })
  void aNumberOutOfRangeIsRefusedWithTheRange(String line, String told) {
    Result result = run(line);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("deconvnet: " + told);
  }

  /** So that none is forgotten when an option is added. */
  @Test
  void everyNumberButTheSeedHasARange() {
    for (CommandLine command : Verbs.all()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        NumberOption number = NumberOption.of(option);
        if (number != null && !option.longestName().equals("--seed")) {
          assertThat(number.within())
              .as("%s %s", Verbs.name(command), option.longestName())
              .isNotNull();
        }
      }
    }
  }

  private static Result run(String line) {
    return MainTest.run((Object[]) line.strip().split(" +"));
  }
}
