package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A train command that stops, and the same command again. */
class ResumeMainTest {
  @TempDir static Path folder;
  private static Path corpus;

  @BeforeAll
  static void draw() {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 5, 1);
  }

  /** Says nothing, and breaks off with the line that starts so. */
  private static final class Breaking extends PrintStream {
    private final String at;

    Breaking(String at) {
      super(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
      this.at = at;
    }

    @Override
    public PrintStream printf(String format, Object... values) {
      println(String.format(Locale.ROOT, format, values));
      return this;
    }

    @Override
    public void println(String line) {
      if (line.startsWith(at)) {
        throw new IllegalStateException("broken off at " + at);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "denoise-dn"})
  void theSameCommandAgainEndsAsIfNothingHadHappened(String name) throws IOException {
    Path config = config(name);
    Path whole = folder.resolve(name + "-whole");
    Path stopped = folder.resolve(name + "-stopped");
    assertThat(train(config, whole).code()).isZero();
    for (String at : List.of("layer 1  epoch 2", "layer 2  epoch 1", "drawing the report")) {
      assertThat(brokenOff(at, config, stopped)).as(at).isEqualTo(1);
      assertThat(Files.readString(stopped.resolve("_deconvnet"))).isEqualTo("running");
      assertThat(stopped.resolve("checkpoint")).isDirectory();
    }
    MainTest.Result resumed = train(config, stopped);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("resuming from a checkpoint: layer 3");
    for (String key : List.of("fingerprint", "layers")) {
      assertThat(MainTest.metrics(stopped).path(key)).isEqualTo(MainTest.metrics(whole).path(key));
    }
    assertThat(stopped.resolve("checkpoint")).doesNotExist();
    MainTest.Result again = train(config, stopped);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("already holds results");
  }

  @Test
  void anotherSeedIsRefusedAndOverwriteStartsAnewHereInColour() throws IOException {
    Path config = config("quickstart");
    Files.writeString(
        config, TinyConfig.changed(Files.readString(config), "grey: true", "grey: false"));
    Path model = folder.resolve("foreign");
    assertThat(brokenOff("layer 1  epoch 2", config, model)).isEqualTo(1);
    MainTest.Result refused = train(config, model, "--seed", "9");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("it belongs to another run: seed: expected 9, got 1")
        .contains("to go on from it, give the settings and images that it was made with");
    MainTest.Result anew = train(config, model, "--seed", "9", "--overwrite");
    assertThat(anew.code()).as(anew.err()).isZero();
    assertThat(anew.out()).doesNotContain("resuming");
    try (Stream<Path> files = Files.walk(model)) {
      Path network =
          files.filter(f -> f.endsWith("network/network.json")).findFirst().orElseThrow();
      assertThat(Files.readString(network)).contains("\"channels\" : 3");
    }
  }

  /** On a machine whose own choice would be another engine than the one that the run began with. */
  @Test
  void theEngineThatARunBeganWithLearnsTheCodebooksAndTheClassifierAsWell() throws IOException {
    Path config = folder.resolve("engines.yaml");
    String scalar = TinyConfig.changed(TinyConfig.quickstart(), "engine: vector", "engine: scalar");
    Files.writeString(config, scalar);
    Path whole = folder.resolve("engine-whole");
    Path stopped = folder.resolve("engine-stopped");
    assertThat(train(config, whole).code()).isZero();
    assertThat(brokenOff("learning the codebooks", config, stopped)).isEqualTo(1);
    Files.writeString(config, TinyConfig.changed(scalar, "engine: scalar", "engine: auto"));
    MainTest.Result resumed = train(config, stopped);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(MainTest.metrics(stopped).path("engine").asText()).isEqualTo("scalar");
    assertThat(codebook(stopped)).isEqualTo(codebook(whole));
    // The model's own choice stays open.
    assertThat(metadata(stopped)).contains("\"engine\":\"auto\"").doesNotContain("scalar");
    assertThat(metadata(whole)).contains("\"engine\":\"scalar\"");
  }

  private static byte[] codebook(Path model) throws IOException {
    return Files.readAllBytes(stageFiles(model, "/codebook.npy").get(0));
  }

  private static String metadata(Path model) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path part : stageFiles(model, "/metadata/part-00000")) {
      all.append(Files.readString(part));
    }
    return all.toString();
  }

  private static List<Path> stageFiles(Path model, String name) throws IOException {
    try (Stream<Path> files = Files.walk(model.resolve("pipeline/stages"))) {
      return files.filter(file -> file.toString().contains(name)).sorted().toList();
    }
  }

  private static Path config(String name) throws IOException {
    boolean adaptive = name.equals("quickstart");
    String small =
        TinyConfig.changed(
            TinyConfig.withoutFeatures(TinyConfig.shipped(name + ".yaml")),
            adaptive ? "longestSide: 150" : "longestSide: 0",
            "longestSide: 40",
            adaptive ? "maps: 50" : "maps: 24",
            "maps: 6");
    return Files.writeString(folder.resolve(name + ".yaml"), TinyConfig.withEpochs(2, small));
  }

  private static MainTest.Result train(Path config, Path model, Object... more) {
    Object[] usual = {"train", "--config", config, "--input", corpus, "--output", model};
    Object[] all = new Object[usual.length + more.length];
    System.arraycopy(usual, 0, all, 0, usual.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return MainTest.run(all);
  }

  private static int brokenOff(String at, Path config, Path model) {
    PrintStream before = System.out;
    System.setOut(new Breaking(at));
    try {
      return Main.execute(
          "train",
          "--config",
          config.toString(),
          "--input",
          corpus.toString(),
          "--output",
          model.toString());
    } finally {
      System.setOut(before);
    }
  }
}
