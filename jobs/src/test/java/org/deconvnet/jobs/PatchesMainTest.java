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

/** Sparse coding of patches from the command line, with a classifier on its maps. */
class PatchesMainTest {
  private static final String CONFIG =
      """
      preprocess: {longestSide: 0, deviationFloor: 1}
      network: {model: patches, maps: 6, side: 5, drawn: 50, lambda: 0.5, epochs: 2}
      features:
        descriptors: 500
        vocabularies: [{source: layer1, words: 10, patch: 8, cells: 2, codings: [soft]}]
      split: {trainPerClass: 3}
      """;

  @TempDir static Path folder;
  private static Path corpus;
  private static Path model;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 4, 2, 1);
    Path config = Files.writeString(folder.resolve("patches.yaml"), CONFIG);
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
    assertThat(layer.path("sparsity").asDouble()).isBetween(1e-6, 0.9);
    String page = Files.readString(model.resolve("report.html"));
    assertThat(page).contains("sparse coding of patches").contains("Relative duality gap");
  }

  @Test
  void describeSaysHowWindowsAreCoded() throws IOException {
    Path out = folder.resolve("described");
    ran("describe", "--model", model, "--output", out);
    JsonNode said = new ObjectMapper().readTree(out.resolve("description.json").toFile());
    assertThat(said.toString()).contains("\"whiten\":true").contains("\"gap\":");
  }

  @Test
  void reconstructTellsAnErrorThatTrainingLeft() throws IOException {
    Path out = folder.resolve("reconstructed");
    ran("reconstruct", "--model", model, "--input", corpus, "--output", out);
    assertThat(metrics(out).path("relative_error_layer1").asDouble()).isBetween(1e-6, 0.7);
  }

  @Test
  void encodeAndClassifyWorkAsForAnyNetwork() throws IOException {
    Path codes = folder.resolve("codes");
    ran("encode", "--model", model, "--input", corpus, "--output", codes, "--format", "npz");
    assertThat(codes.resolve("entries")).isDirectory();
    Path classes = folder.resolve("classes");
    ran("classify", "--model", model, "--input", corpus, "--output", classes);
    assertThat(metrics(classes).path("accuracy_mean_per_class").asDouble()).isGreaterThan(0.4);
  }

  @Test
  void whitenedWordsFromElsewhereAreRefused() {
    Path filters = folder.resolve("filters");
    ran("export", "--model", model, "--output", filters);
    Result result =
        run(
            "import",
            "--config",
            folder.resolve("patches.yaml"),
            "--filters",
            filters.resolve("layer1.npy"),
            "--output",
            folder.resolve("again"));
    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("network.whiten: expected false for words");
  }
}
