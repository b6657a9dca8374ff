package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Convolutional sparse coding from the command line. */
class SparseCodingMainTest {
  private static final String CONFIG =
      """
      preprocess: {longestSide: 0, deviationFloor: 1}
      network:
        model: csc
        atoms: [{maps: 6, side: 5}, {maps: 2, side: 3, weight: 0.5}]
        lambda: 0.2
        tolerance: 0.1
        epochs: 2
      features: {vocabularies: []}
      """;

  @TempDir static Path folder;
  private static Path corpus;
  private static Path model;
  private static Path config;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 2, 1);
    config = Files.writeString(folder.resolve("csc.yaml"), CONFIG);
    model = folder.resolve("model");
    ran("train", "--config", config, "--input", corpus, "--output", model);
  }

  private static Result ran(Object... words) {
    Result result = run(words);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  @Test
  void trainingTellsTheObjectiveAndTheGap() throws IOException {
    JsonNode layer = metrics(model).path("layers").path(0);
    assertThat(layer.path("objective").asDouble()).isPositive();
    assertThat(layer.path("sparsity").asDouble()).isBetween(1e-6, 0.5);
    String page = Files.readString(model.resolve("report.html"));
    assertThat(page).contains("convolutional sparse coding").contains("Relative duality gap");
  }

  @Test
  void describeSaysHowImagesAreCoded() throws IOException {
    Path out = folder.resolve("described");
    Result result = ran("describe", "--model", model, "--output", out);
    assertThat(result.out()).contains("convolutional sparse coding");
    JsonNode said = new ObjectMapper().readTree(out.resolve("description.json").toFile());
    assertThat(said.toString()).contains("\"relative\":true").contains("\"gap\":");
  }

  @Test
  void reconstructAndVisualizeWorkAsForAnyNetwork() {
    Path out = folder.resolve("reconstructed");
    ran("reconstruct", "--model", model, "--input", corpus, "--output", out);
    assertThat(out.resolve("report.html")).exists();
    ran("visualize", "--model", model, "--input", corpus, "--output", folder.resolve("seen"));
  }

  @Test
  void exportedFiltersComeBackAsTheSameDictionary() throws IOException {
    Path filters = folder.resolve("filters");
    ran("export", "--model", model, "--output", filters);
    Path again = folder.resolve("again");
    ran(
        "import",
        "--config",
        config,
        "--filters",
        filters.resolve("layer1.npy"),
        "--output",
        again);
    assertThat(metrics(again).path("fingerprint")).isEqualTo(metrics(model).path("fingerprint"));
    ran("encode", "--model", again, "--input", corpus, "--output", folder.resolve("encoded"));
    assertThat(folder.resolve("encoded/entries")).isDirectory();
  }
}
