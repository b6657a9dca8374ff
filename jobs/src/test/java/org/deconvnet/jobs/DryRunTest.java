package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --dry-run} says, and that it writes nothing. */
class DryRunTest {
  @TempDir Path folder;

  @Test
  void settingsImagesAndAnEstimateAreSaidAndNothingIsWritten() throws IOException {
    Path corpus = BarCorpus.write(folder.resolve("corpus"), 3, 8, 1);
    Path config = TinyConfig.write(folder.resolve("tiny.yaml"));
    Path model = folder.resolve("model");
    List<Path> before = files();
    MainTest.Result train =
        MainTest.run(
            "train", "--dry-run", "--config", config, "--input", corpus, "--output", model);
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(train.out())
        .contains("  longestSide: 48", "images: 24 files of ", ", in 3 classes")
        .contains("trial: 10 images on one core", "MB; what does not fit goes to disk")
        .containsPattern("time to learn 1 network from 24 images: about \\d+ (second|minute)")
        .containsPattern("heap: the trial took at most [\\d,]+ MB of ")
        .endsWith("nothing was written" + System.lineSeparator());
    MainTest.Result benchmark =
        MainTest.run(
            "benchmark",
            "--dry-run",
            "--config",
            config,
            "--input",
            corpus,
            "--output",
            model,
            "--classes",
            "2");
    assertThat(benchmark.out()).contains("images: 16 files of ", "time to infer all images");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aModelIsTriedAsItWillBeUsed() throws IOException {
    Path corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    Path config = TinyConfig.write(folder.resolve("tiny.yaml"));
    Path model = folder.resolve("model");
    assertThat(
            MainTest.run("train", "--config", config, "--input", corpus, "--output", model).code())
        .isZero();
    List<Path> before = files();
    for (String verb : List.of("extract", "classify")) {
      MainTest.Result result =
          MainTest.run(
              verb,
              "--dry-run",
              "--model",
              model,
              "--input",
              corpus,
              "--output",
              folder.resolve(verb));
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("network: 2 layers, fingerprint ", "classes: 2", "images: 6 files of ")
          .contains(verb.equals("extract") ? "time to infer all" : "time to classify all")
          .contains("trial: 6 images on one core");
    }
    assertThat(files()).isEqualTo(before);
    MainTest.Result third =
        MainTest.run(
            "extract",
            "--dry-run",
            "--layers",
            "3",
            "--model",
            model,
            "--input",
            corpus,
            "--output",
            folder.resolve("third"));
    assertThat(third.code()).isEqualTo(2);
    assertThat(third.err()).contains("--layers: expected layers from 1 to 2");
  }

  @Test
  void anEmptyConfigurationIsSaid() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "# nothing yet\n");
    MainTest.Result result =
        MainTest.run(
            "train", "--config", empty, "--input", folder.resolve("none"), "--output", "m");
    assertThat(result.err()).contains("empty.yaml: no key in it, so every key has its default");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }
}
