package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ablations' command on a tiny corpus. */
@Tag("slow")
class AblationsTest {
  private static final List<String> ALTERED =
      List.of("switches_of_another_image", "switches_at_block_centres", "layer_below_as_target");

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static Path out;
  private static MainTest.Result first;

  @BeforeAll
  static void ablateOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 8, 1);
    Files.createDirectories(corpus.resolve("notes"));
    Files.writeString(corpus.resolve("notes/read me.txt"), "not a picture");
    config = Files.writeString(folder.resolve("tiny.yaml"), TinyConfig.quickstart());
    out = folder.resolve("out");
    first = run("ablations", "--config", config, "--input", corpus, "--output", out);
  }

  @Test
  void ownSwitchesReconstructBestInEveryLayer() throws IOException {
    assertThat(first.code()).as(first.err()).isZero();
    for (String layer : List.of("layer1", "layer2")) {
      JsonNode variants = metrics(out).path("ablations").path(layer);
      double own = error(variants, "own_switches");
      assertThat(own).isBetween(0.0, 0.9);
      for (String altered : ALTERED) {
        assertThat(own).as(layer + " " + altered).isLessThanOrEqualTo(error(variants, altered));
      }
    }
    JsonNode top = metrics(out).path("ablations").path("layer2");
    assertThat(error(top, "switches_of_another_image")).isGreaterThan(0.9);
  }

  @Test
  void aFolderWithoutAUsableImageIsNamedAndNoClass() throws IOException {
    assertThat(first.out())
        .contains("not counted as classes: notes", "classes: 3", "chance: 33.3 %")
        .contains("1 file skipped (" + out.resolve("metrics.json") + " names it)");
    assertThat(metrics(out).path("classes").asInt()).isEqualTo(3);
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("not counted as classes: notes");
  }

  @Test
  void layerOneReconstructsTheImageInEveryNetwork() throws IOException {
    JsonNode one = metrics(out).path("ablations").path("layer1");
    assertThat(error(one, "layer_below_as_target")).isEqualTo(error(one, "own_switches"));
    JsonNode fingerprints = metrics(out).path("fingerprints");
    assertThat(fingerprints.path("layer_below_as_target").asText())
        .hasSize(64)
        .isNotEqualTo(fingerprints.path("own_switches").asText());
  }

  @Test
  void theTableIsCompleteEverywhere() throws IOException {
    String page = Files.readString(out.resolve("report.html"));
    for (Ablation ablation : Ablation.values()) {
      assertThat(first.out()).contains(ablation.title());
      // In two rows of the table and above a column of the pictures.
      assertThat(page.split(ablation.title(), -1).length - 1).isGreaterThanOrEqualTo(3);
    }
    assertThat(page).contains("data:image/png;base64");
    JsonNode layers = metrics(out).path("ablations");
    assertThat(layers).hasSize(2);
    for (JsonNode variants : layers) {
      assertThat(variants).hasSize(Ablation.values().length);
      for (JsonNode variant : variants) {
        assertThat(variant.path("relative_reconstruction_error").asDouble()).isPositive();
        assertThat(variant.has("accuracy_mean_per_class")).isTrue();
      }
    }
    for (String variant : List.of("own_switches", ALTERED.get(0), ALTERED.get(1))) {
      JsonNode rate = layers.path("layer2").path(variant).path("accuracy_mean_per_class");
      assertThat(rate.isNumber()).as(variant).isTrue();
      assertThat(rate.asDouble()).as(variant).isBetween(0.0, 1.0);
    }
    assertThat(metrics(out).path("kernels").path("2").asText()).isEqualTo("layer2-hard");
  }

  @Test
  void partitionsDoNotChangeABit() throws IOException {
    Path again = folder.resolve("again");
    MainTest.Result second =
        run(
            "ablations",
            "--config",
            config,
            "--input",
            corpus,
            "--output",
            again,
            "--partitions",
            "3",
            "--cache",
            folder.resolve("cache"));
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(metrics(again).path("ablations")).isEqualTo(metrics(out).path("ablations"));
    assertThat(metrics(again).path("fingerprints")).isEqualTo(metrics(out).path("fingerprints"));
  }

  @Test
  void layersThatNoVocabularyDescribesHaveAnErrorAlone() throws IOException {
    Path alone = folder.resolve("alone.yaml");
    Files.writeString(alone, TinyConfig.withoutFeatures(TinyConfig.quickstart()));
    Path bare = folder.resolve("bare");
    MainTest.Result result =
        run("ablations", "--config", alone, "--input", corpus, "--output", bare);
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode own = metrics(bare).path("ablations").path("layer2").path("own_switches");
    assertThat(own.path("accuracy_mean_per_class").isNull()).isTrue();
    assertThat(own.path("relative_reconstruction_error").asDouble())
        .isEqualTo(error(metrics(out).path("ablations").path("layer2"), "own_switches"));
  }

  @Test
  void theNetworkOf2010IsRefused() {
    Path dn = TinyConfig.file("fruit-dn.yaml");
    MainTest.Result result =
        run("ablations", "--config", dn, "--input", corpus, "--output", folder.resolve("never"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("fruit-dn.yaml, line 12", "network.model: expected adn", "got dn");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private static double error(JsonNode variants, String variant) {
    return variants.path(variant).path("relative_reconstruction_error").asDouble(Double.NaN);
  }
}
