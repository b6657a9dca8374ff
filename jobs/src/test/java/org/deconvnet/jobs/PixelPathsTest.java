package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pixels coded by atoms, as a source of vocabularies. */
@Tag("slow")
class PixelPathsTest {
  private static final int CELLS = 1 + 4;
  private static final int WORDS = 20;
  private static final int ATOMS = 12;

  private static final String NO_FEATURES =
      """
      network: {layers: [{maps: 4, filterSide: 5, epochs: 1}]}
      features: {vocabularies: []}
      """;

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;

  @BeforeAll
  static void draw() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 6, 1);
    config =
        Files.writeString(
            folder.resolve("paths.yaml"),
            """
            preprocess: {longestSide: 24}
            network: {layers: [{maps: 4, filterSide: 5, epochs: 1}]}
            features:
              descriptors: 1000
              vocabularies:
                - {name: small, source: patches, longestSide: 60, atoms: 12, rounds: 5, patch: 8,
                   cells: 2, words: 20, levels: 2, codings: [sparse, maps]}
                - {name: large, source: patches, longestSide: 48, atoms: 12, rounds: 5, patch: 12,
                   cells: 2, step: 6, signs: apart, words: 20, levels: 2, codings: [sparse]}
            classifier:
              combinations: [{small-sparse: 1, large-sparse: 1}, {small-sparse: 1}, {small-maps: 1}]
            split: {trainPerClass: 3, splits: 2, networkPerSplit: false, wordsPerSplit: false}
            """);
  }

  private static Path done(String verb, String name, Object... more) {
    Path out = folder.resolve(name);
    Object[] words =
        Stream.concat(
                Stream.of(verb, "--input", corpus, "--output", out, "--overwrite"), Stream.of(more))
            .toArray();
    Result result = run(words);
    assertThat(result.code()).as(result.err()).isZero();
    return out;
  }

  private static Path benchmark(int partitions) {
    String name = "benchmark" + partitions;
    return done(
        "benchmark",
        name,
        "--config",
        config,
        "--partitions",
        partitions,
        "--cache",
        folder.resolve(name + "-cache"));
  }

  @Test
  void partitionsChangeNoRateOfABenchmark() throws IOException {
    Path one = benchmark(1);
    Path three = benchmark(3);
    assertThat(metrics(three).path("fingerprint")).isEqualTo(metrics(one).path("fingerprint"));
    assertThat(metrics(three).path("combinations"))
        .isEqualTo(metrics(one).path("combinations"))
        .hasSize(3);
    assertThat(metrics(one).at("/combinations/small-maps/accuracy_per_split/0").asDouble())
        .as("of three classes, chance 0.33")
        .isGreaterThan(0.5);
  }

  @Test
  void aModelKeepsAtomsAndCodesOtherImagesWithThem() throws IOException {
    Path one = done("train", "model1", "--config", config, "--partitions", 1);
    Path three = done("train", "model3", "--config", config, "--partitions", 3);
    for (String name : List.of("atoms.npy", "sparse.npy", "codebook.npy")) {
      List<Path> files = stageFiles(one, name);
      assertThat(files).as(name).hasSize(2);
      for (Path file : files) {
        Path other = stageFiles(three, name).get(files.indexOf(file));
        assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(file));
      }
    }
    Path classified = done("classify", "classified", "--model", one);
    assertThat(Files.readAllLines(classified.resolve("predictions.csv"))).hasSize(1 + 18);
    Path features = done("extract", "features", "--model", one, "--pyramids", "--format", "npy");
    assertThat(metrics(features).path("length").asInt()).isEqualTo(CELLS * (2 * WORDS + ATOMS));
  }

  @Test
  void wordsOfAnExtractionServeTheNext() throws IOException {
    Path bare =
        TinyModel.train(folder, "bare", "preprocess: {longestSide: 24}\n" + NO_FEATURES, corpus);
    Path first =
        done(
            "extract",
            "first",
            "--model",
            bare,
            "--pyramids",
            "--format",
            "npy",
            "--config",
            config);
    Path second =
        done(
            "extract",
            "second",
            "--model",
            bare,
            "--pyramids",
            "--format",
            "npy",
            "--words",
            first);
    assertThat(Files.readAllBytes(second.resolve("features.npy")))
        .isEqualTo(Files.readAllBytes(first.resolve("features.npy")));
  }

  private static List<Path> stageFiles(Path model, String name) throws IOException {
    try (Stream<Path> files = Files.walk(model.resolve("pipeline/stages"))) {
      return files.filter(file -> file.endsWith(name)).sorted().toList();
    }
  }
}
