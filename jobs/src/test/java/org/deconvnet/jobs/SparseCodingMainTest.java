package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.LocalSpark;
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
        tolerance: 0.02
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
  void imagesCodedInTilesHaveTheCodesThatTheyHaveWhole() throws IOException {
    Path whole = folder.resolve("whole");
    Path tiled = folder.resolve("tiled");
    Path matrices = folder.resolve("matrices");
    ran("encode", "--model", model, "--input", corpus, "--output", whole);
    Result result =
        ran("encode", "--model", model, "--input", corpus, "--output", tiled, "--tiles", "16");
    assertThat(result.out()).contains("codes: ").contains("0 files skipped");
    ran(
        "encode",
        "--model",
        model,
        "--input",
        corpus,
        "--output",
        matrices,
        "--tiles",
        "16",
        "--format",
        "npz");
    JsonNode said = metrics(tiled);
    assertThat(said.path("images").asInt()).isEqualTo(6);
    assertThat(said.path("codes").path(0).path("tiles").asInt()).isGreaterThan(1);
    assertThat(said.path("codes").path(0).path("settled").asBoolean()).isTrue();
    for (JsonNode code : said.path("codes")) {
      String path = code.path("path").asText();
      assertThat(matrices.resolve("entries/" + path + ".npz")).isNotEmptyFile();
    }
    Dataset<Row> rows = LocalSpark.session().read().parquet(tiled + "/entries");
    Dataset<Row> plain = LocalSpark.session().read().parquet(whole + "/entries");
    assertThat(rows.columns()).isEqualTo(plain.columns());
    assertThat(rows.count()).isEqualTo(sum(said.path("codes"), "entries"));
    // Two descents end at other codes of nearly the same objective, each within 2 % of the least.
    assertThat(sizes(rows))
        .zipSatisfy(
            sizes(plain),
            (a, b) -> {
              assertThat(a.toSeq().take(6)).isEqualTo(b.toSeq().take(6));
              assertThat(a.getDouble(6)).isCloseTo(b.getDouble(6), withinPercentage(5));
            });
  }

  /** Of each image: what its rows have in common, and Σ|z|. */
  private static List<Row> sizes(Dataset<Row> entries) {
    return entries
        .groupBy("path", "label", "layer", "maps", "height", "width")
        .agg(functions.sum(functions.abs(functions.col("value"))))
        .orderBy("path")
        .collectAsList();
  }

  @Test
  void aThumbnailAmongLargeImagesIsNamedAndPassedOver() throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("mixed/class0"));
    Files.copy(corpus.resolve("class0/image0.png"), mixed.resolve("large.png"));
    ImageIO.write(
        new BufferedImage(3, 40, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        mixed.resolve("thin.png").toFile());
    Path out = folder.resolve("passed");
    Result result =
        ran(
            "encode",
            "--model",
            model,
            "--input",
            folder.resolve("mixed"),
            "--output",
            out,
            "--tiles",
            "16");
    assertThat(result.out()).contains("skipped class0/thin.png: expected at least 5 x 5 pixels");
    assertThat(metrics(out).path("images").asInt()).isEqualTo(1);
    assertThat(metrics(out).path("skipped").path(0).path("path").asText())
        .isEqualTo("class0/thin.png");
  }

  @Test
  void tilesSmallerThanFiltersAreRefusedBeforeAnythingIsLost() throws IOException {
    Path kept =
        Files.writeString(
            Files.createDirectories(folder.resolve("kept")).resolve("notes.txt"), "mine");
    Result result =
        run(
            "encode",
            "--model",
            model,
            "--input",
            corpus,
            "--output",
            kept.getParent(),
            "--tiles",
            "4",
            "--overwrite");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--tiles: expected at least the filters' side, 5, got 4");
    assertThat(kept).hasContent("mine");
  }

  private static long sum(JsonNode nodes, String key) {
    long sum = 0;
    for (JsonNode node : nodes) {
      sum += node.path(key).asLong();
    }
    return sum;
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
