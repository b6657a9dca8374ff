package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the terminal shows and what the log file takes, as the launcher starts the program. */
class LogFileTest {
  @TempDir Path folder;

  @Test
  void theTerminalShowsTheRunAndTheFileThatHasSparksLog() throws Exception {
    MainTest.Result run = launched(pack("packed"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> !line.contains("incubator modules"))).isEmpty();
    String first = run.out().lines().findFirst().orElseThrow();
    assertThat(first).startsWith("Spark's log: " + folder);
    Path log = Path.of(first.replace("Spark's log: ", ""));
    assertThat(Files.readString(log)).contains("INFO  SparkContext: Running Spark version");
    assertThat(run.out()).contains("packing", "2 images in 1 shard").doesNotContain("\u001b");
  }

  @Test
  void quietLeavesTheResultAndVerboseShowsTheLog() throws Exception {
    List<String> words = pack("loud");
    words.addAll(List.of("--quiet", "--verbose"));
    MainTest.Result run = launched(words);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("INFO  Running Spark version");
    assertThat(run.out()).startsWith("0 files skipped").doesNotContain("packing", "Spark's log");
  }

  @Test
  void aFailureNamesTheFile() throws Exception {
    List<String> words = pack("failed");
    words.set(2, folder.resolve("none").toString());
    MainTest.Result run = launched(words);
    assertThat(run.code()).isEqualTo(1);
    List<String> said = run.err().lines().filter(line -> line.startsWith("deconvnet: ")).toList();
    assertThat(said).hasSize(2);
    assertThat(said.get(0)).contains("check --input");
    assertThat(Path.of(said.get(1).replace("deconvnet: Spark's log is in ", ""))).isNotEmptyFile();
  }

  @Test
  void aCommandThatLogsNothingLeavesNoFile() throws Exception {
    assertThat(launched(List.of("--version")).code()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".log"));
    }
  }

  private List<String> pack(String output) {
    Path corpus = BarCorpus.write(folder.resolve("corpus"), 1, 2, 1);
    return new ArrayList<>(
        List.of(
            "pack", "--input", corpus.toString(), "--output", folder.resolve(output).toString()));
  }

  private MainTest.Result launched(List<String> words) throws Exception {
    String log =
        "-Dlog4j2.configurationFile=" + TinyConfig.file("log4j2-terminal.properties").toUri();
    List<String> options = List.of("-Ddeconvnet.home=" + folder, "-Djava.io.tmpdir=" + folder, log);
    File out = folder.resolve("stdout").toFile();
    File err = folder.resolve("stderr").toFile();
    Process process =
        new ProcessBuilder(ForkedJvm.command(Main.class, options, words))
            .redirectOutput(out)
            .redirectError(err)
            .start();
    int code = process.waitFor();
    return new MainTest.Result(
        code, Files.readString(out.toPath()), Files.readString(err.toPath()));
  }
}
