package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders without a usable image are no classes, whatever else is done with a corpus. */
class ClassFoldersTest {
  private static final String WARNING = "which are not counted as classes: notes, unfinished";

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;

  @BeforeAll
  static void write() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 6, 1);
    Files.createDirectories(corpus.resolve("notes"));
    Files.writeString(corpus.resolve("notes/read me.txt"), "not a picture");
    Files.createDirectories(corpus.resolve("unfinished"));
    String quick = TinyConfig.withEpochs(1, TinyConfig.quickstart());
    config = Files.writeString(folder.resolve("tiny.yaml"), quick);
  }

  private MainTest.Result run(String command, Object... options) {
    Object[] words = new Object[3 + options.length];
    words[0] = command;
    words[1] = "--input";
    words[2] = corpus;
    System.arraycopy(options, 0, words, 3, options.length);
    return MainTest.run(words);
  }

  private static void requireNamed(MainTest.Result result, Path out) throws IOException {
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("warning: ", WARNING)
        .contains("1 file skipped (" + out.resolve("metrics.json") + " names it)");
    assertThat(Files.readString(out.resolve("report.html"))).contains(WARNING);
    JsonNode metrics = MainTest.metrics(out);
    assertThat(metrics.path("empty_classes")).hasSize(2);
    assertThat(metrics.path("skipped").path(0).path("path").asText())
        .isEqualTo("notes/read me.txt");
  }

  @Test
  void aBenchmarkCountsTheClassesOfUsableImages() throws IOException {
    Path out = folder.resolve("benchmark");
    MainTest.Result result = run("benchmark", "--config", config, "--output", out);
    requireNamed(result, out);
    assertThat(result.out()).contains("classes: 2", "chance: 50.0 %");
    assertThat(MainTest.metrics(out).path("classes").asInt()).isEqualTo(2);
  }

  @Test
  void aModelKnowsTheClassesOfUsableImages() throws IOException {
    Path model = folder.resolve("model");
    requireNamed(run("train", "--config", config, "--output", model), model);
    assertThat(Files.readString(model.resolve("model.json")).replaceAll("\\s", ""))
        .contains("\"classes\":[\"class0\",\"class1\"]");
    Path out = folder.resolve("classified");
    MainTest.Result result = run("classify", "--model", model, "--output", out);
    requireNamed(result, out);
    assertThat(result.out()).contains("chance: 50.0 %");
  }

  @Test
  void aClassTooSmallIsRefusedBeforeImagesAreDecoded() throws IOException {
    Path small = corpus.resolve("tiny");
    Files.createDirectories(small);
    Files.copy(corpus.resolve("class0/image0.png"), small.resolve("only.png"));
    Path out = folder.resolve("refused");
    MainTest.Result result = run("benchmark", "--config", config, "--output", out);
    Files.delete(small.resolve("only.png"));
    Files.delete(small);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("class 'tiny': expected more than 4 usable images", "got 1;");
    assertThat(result.out()).doesNotContain("preprocessing");
    assertThat(out).doesNotExist();
  }
}
