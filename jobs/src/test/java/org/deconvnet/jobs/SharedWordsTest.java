package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmark} with codebooks of every split, or of the first for all. */
class SharedWordsTest {
  @TempDir static Path folder;
  private static Path corpus;

  @BeforeAll
  static void draw() {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 6, 1);
  }

  private static Result benchmark(String name, String split) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            preprocess: {longestSide: 24}
            network: {engine: scalar, layers: [{maps: 4, filterSide: 5, epochs: 1}]}
            features: {descriptors: 500, vocabularies: [{words: 20, patch: 8, cells: 2}]}
            split: {trainPerClass: 3, %s}
            """
                .formatted(split));
    return run(
        Stream.concat(
                Stream.of("benchmark", "--config", config, "--input", corpus),
                Stream.of(
                    "--output",
                    folder.resolve(name),
                    "--cache",
                    folder.resolve(name + "-c"),
                    "--fresh"))
            .toArray());
  }

  private static long pyramids(String name) throws IOException {
    try (Stream<Path> kept = Files.list(folder.resolve(name + "-c"))) {
      return kept.filter(path -> path.getFileName().toString().startsWith("pyramids-")).count();
    }
  }

  @Test
  void wordsOfTheFirstSplitServeAll() throws IOException {
    Result own = benchmark("own", "splits: 2, networkPerSplit: false");
    assertThat(own.code()).as(own.err()).isZero();
    Result shared = benchmark("shared", "splits: 2, networkPerSplit: false, wordsPerSplit: false");
    assertThat(shared.code()).as(shared.err()).isZero();
    assertThat(pyramids("own")).isEqualTo(2);
    assertThat(pyramids("shared")).as("made once for both splits").isEqualTo(1);
    assertThat(shared.out()).containsOnlyOnce("learning the codebooks");
    String rates = "/combinations/layer1-hard/accuracy_per_split";
    assertThat(metrics(folder.resolve("shared")).at(rates)).hasSize(2);
    assertThat(metrics(folder.resolve("shared")).at(rates + "/0"))
        .as("the first split's own words")
        .isEqualTo(metrics(folder.resolve("own")).at(rates + "/0"));
  }

  @Test
  void wordsOfOneSplitWantOneNetwork() throws IOException {
    Result refused = benchmark("refused", "splits: 2, wordsPerSplit: false");
    assertThat(refused.err()).contains("networkPerSplit");
    assertThat(refused.code()).isNotZero();
  }
}
