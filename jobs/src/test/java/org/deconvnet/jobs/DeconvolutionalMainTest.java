package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with a network of 2010. */
class DeconvolutionalMainTest {
  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static Path model;
  private static Result training;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 6, 1);
    // 32 x 7 once resized, 28 x 3 without its border: less than a filter.
    BufferedImage flat = new BufferedImage(64, 14, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(flat, "png", corpus.resolve("class1/flat.png").toFile());
    config = write("tiny.yaml", tiny());
    model = folder.resolve("model");
    training = run("train", "--config", config, "--input", corpus, "--output", model);
  }

  static String tiny() throws IOException {
    return TinyConfig.changed(
        TinyConfig.shipped("fruit-dn.yaml"),
        "grey: false",
        "grey: true",
        "longestSide: 0",
        "longestSide: 32",
        "betas: [1, 10, 100, 1000, 10000, 100000]",
        "betas: [1, 30, 900]",
        "batchSize: 2",
        "batchSize: 9",
        "maps: 9,",
        "maps: 4,",
        "maps: 45,",
        "maps: 10,",
        "filterSide: 7",
        "filterSide: 5",
        "lambda: 1,",
        "lambda: 5,",
        "epochs: 7",
        "epochs: 2",
        "words: 100",
        "words: 12",
        "descriptors: 10000",
        "descriptors: 400",
        "kmeansIterations: 15",
        "kmeansIterations: 5",
        "trainPerClass: 5",
        "trainPerClass: 4");
  }

  private static Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void trainLearnsBothLayersAndAClassifier() throws IOException {
    assertThat(training.code()).as(training.err()).isZero();
    JsonNode metrics = metrics(model);
    assertThat(training.out().trim())
        .endsWith("fingerprint: " + metrics.path("fingerprint").asText());
    assertThat(metrics.path("layers")).hasSize(2);
    for (JsonNode layer : metrics.path("layers")) {
      JsonNode epochs = layer.path("objective_per_epoch");
      assertThat(epochs.path(1).asDouble()).isBetween(0.0, epochs.path(0).asDouble());
      assertThat(layer.path("sparsity").asDouble()).isBetween(0.001, 0.9);
    }
    assertThat(Files.readString(model.resolve("report.html")))
        .contains("The 10 filters of layer 2, carried down to pixels");
  }

  @Test
  void anImageSmallerThanAFilterIsSkippedAndNamed() throws IOException {
    assertThat(metrics(model).path("train_images").asInt()).isEqualTo(18);
    assertSkipsTheFlatImage(model);
    String strict = TinyConfig.changed(tiny(), "onBadImage: skip", "onBadImage: fail");
    Result refused =
        run(
            "train",
            "--config",
            write("strict.yaml", strict),
            "--input",
            corpus,
            "--output",
            folder.resolve("strict"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("class1/flat.png: expected at least 5 x 5 pixels");
  }

  private static void assertSkipsTheFlatImage(Path out) throws IOException {
    assertThat(metrics(out).path("skipped")).hasSize(1);
    JsonNode skipped = metrics(out).path("skipped").path(0);
    assertThat(skipped.path("path").asText()).endsWith("class1/flat.png");
    assertThat(skipped.path("reason").asText())
        .contains("expected at least 5 x 5 pixels", "got 3 x 28");
  }

  @Test
  void withoutClassesItLearnsFeaturesAlone() throws IOException {
    Path out = folder.resolve("featuresOnly");
    Result result =
        run("train", "--config", config, "--input", corpus.resolve("class0"), "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("classifies nothing");
    Result refused =
        run("classify", "--model", out, "--input", corpus, "--output", folder.resolve("refused"));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("got one without a classifier");
  }

  @Test
  void extractWritesSparseCodesOfBothLayers() throws IOException {
    Path out = folder.resolve("extracted");
    Result result = run("extract", "--model", model, "--input", corpus, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertSkipsTheFlatImage(out);
    List<Row> rows = ExtractedFeatures.read(out);
    assertThat(rows).hasSize(2 * 18);
    for (Row row : rows) {
      Row code = row.getStruct(3);
      assertThat(code.getInt(0)).isEqualTo(row.getInt(2) == 1 ? 4 : 10);
      int entries = code.getInt(0) * code.getInt(1) * code.getInt(2);
      assertThat(code.getList(4)).as("layer %d", row.getInt(2)).isNotEmpty();
      assertThat(code.getList(4).size()).isLessThan(entries);
    }
  }

  @Test
  void classifyNamesTheClassesOfNewImages() throws IOException {
    Path unseen = BarCorpus.write(folder.resolve("unseen"), 3, 4, 77);
    Path out = folder.resolve("classified");
    Result result = run("classify", "--model", model, "--input", unseen, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("test_images").asInt()).isEqualTo(12);
    assertThat(metrics(out).path("accuracy_mean_per_class").asDouble())
        .as("chance 0.33")
        .isGreaterThan(0.5);
  }

  @Test
  void benchmarkClassifiesByAnySumOfKernels() throws IOException {
    String first = "    - {name: layer1, source: layer1,";
    String text = TinyConfig.changed(tiny(), "epochs: 2", "epochs: 1");
    String line = text.lines().filter(l -> l.startsWith(first)).findFirst().orElseThrow();
    String second = TinyConfig.changed(line, "layer1", "layer2", "[hard]", "[llc]");
    Path used =
        write(
            "sums.yaml",
            TinyConfig.changed(
                text,
                line,
                line + "\n" + second,
                "c: []",
                "c: [10, 1]",
                "folds: 3",
                "folds: 2",
                "    - {layer1-hard: 1}",
                "    - {layer1-hard: 1, layer2-llc: 0.5}\n    - {layer2-llc: 1}"));
    Path out = folder.resolve("sums");
    Result result = run("benchmark", "--config", used, "--input", corpus, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("train_images").asInt()).isEqualTo(12);
    JsonNode combinations = metrics(out).path("combinations");
    for (String name : List.of("layer1-hard+0.5*layer2-llc", "layer2-llc")) {
      assertThat(combinations.path(name).path("accuracy_mean_per_class").asDouble())
          .as(name + ", chance 0.33")
          .isGreaterThan(0.4);
      assertThat(combinations.path(name).path("c_per_split").path(0).asDouble()).isIn(1.0, 10.0);
    }
  }

  @Test
  void learnersAreComparedAndPartitionsChangeNoFilter() throws IOException {
    Path out = folder.resolve("compared");
    Result result = run("compare-learners", "--config", config, "--input", corpus, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("coded afresh"))).hasSize(8);
    assertThat(result.out()).contains("1 file skipped (" + out.resolve("metrics.json"));
    for (String layer : List.of("layer1", "layer2")) {
      JsonNode learners = metrics(out).path(layer);
      assertThat(learners).hasSize(4);
      JsonNode hash = learners.path(0).path("filters_hash");
      assertThat(learners.path(1).path("filters_hash")).isEqualTo(hash);
      assertThat(learners.path(2).path("filters_hash")).isEqualTo(hash);
      assertThat(learners.path(3).path("filters_hash")).isNotEqualTo(hash);
      assertThat(learners.path(3).path("learner").asText()).isEqualTo("per image, one JVM");
    }
    Path three = folder.resolve("compared-on-three");
    result =
        run(
            "compare-learners",
            "--config",
            config,
            "--input",
            corpus,
            "--output",
            three,
            "--partitions",
            3);
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode learners = metrics(three).path("layer2");
    assertThat(learners).hasSize(2);
    assertThat(learners.path(0).path("learner").asText()).isEqualTo("distributed, 3 partitions");
    assertThat(learners.path(0).path("filters_hash"))
        .isEqualTo(metrics(out).path("layer2").path(0).path("filters_hash"));
  }

  @Test
  void onlyANetworkOf2010HasLearnersToCompare() {
    Path adaptive = TinyConfig.file("quickstart.yaml");
    Path out = folder.resolve("adaptive");
    Result result =
        run("compare-learners", "--config", adaptive, "--input", corpus, "--output", out);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("quickstart.yaml, line 2, column 1", "network.model: expected dn", "got adn");
    assertThat(out).doesNotExist();
  }

  @Test
  void aWrongSettingIsExitCodeTwoAndNamesFileAndKey() throws IOException {
    Path wrong = write("wrong.yaml", tiny().replaceFirst("alpha: 0.8", "alpha: 1.5"));
    Result result =
        run("train", "--config", wrong, "--input", corpus, "--output", folder.resolve("never"));
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("wrong.yaml", "alpha: expected 0 < alpha <= 1, got 1.5");
  }
}
