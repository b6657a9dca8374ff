package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program as its users call it: arguments in, exit code, messages and files out. */
class MainTest {
  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static Path model;
  private static Result training;

  record Result(int code, String out, String err) {}

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 8, 1);
    config = Files.writeString(folder.resolve("tiny.yaml"), TinyConfig.quickstart());
    model = folder.resolve("model");
    training = run("train", "--config", config, "--input", corpus, "--output", model);
  }

  @Test
  void trainEndsWithTheFingerprintThatMetricsHold() throws IOException {
    assertThat(training.code).as(training.err).isZero();
    String fingerprint = metrics(model).path("fingerprint").asText();
    assertThat(fingerprint).hasSize(64);
    assertThat(training.out.trim()).endsWith("fingerprint: " + fingerprint);
    assertThat(training.out).contains("0 files skipped\n");
    assertThat(metrics(model).path("layers").path(1).path("objective_per_epoch")).hasSize(3);
    assertThat(model.resolve("report.html")).exists();
    List<String> progress = Files.readAllLines(model.resolve("progress.jsonl"));
    assertThat(progress).anyMatch(line -> line.contains("\"event\":\"batch\""));
  }

  @Test
  void theModelAndItsReportHoldTheWholeConfiguration() throws IOException {
    String text =
        new ObjectMapper()
            .readTree(model.resolve("model.json").toFile())
            .path("configuration")
            .asText();
    assertThat(ConfigLoader.parse("again", bytes(text)))
        .isEqualTo(ConfigLoader.parse("tiny", bytes(Files.readString(config))));
    assertThat(Files.readString(model.resolve("report.html"))).contains("<pre>" + text + "</pre>");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void speedPrintsATableAndWritesTheSameNumbersUnderStableNames() throws IOException {
    Path json = folder.resolve("speed.json");
    SpeedCommand speed = new SpeedCommand();
    speed.least = 1;
    Result result =
        captured(
            () -> new CommandLine(speed).execute("--seconds", "1", "--output", json.toString()));
    assertThat(result.code).as(result.err).isZero();
    JsonNode report = new ObjectMapper().readTree(Files.readString(json));
    assertThat(report.path("peak_gflops").asDouble()).isPositive();
    assertThat(report.path("adn_seconds_per_image").asDouble()).isPositive();
    assertThat(report.path("images_per_second").asDouble()).isPositive();
    assertThat(report.path("kernels")).hasSize(18);
    for (JsonNode kernel : report.path("kernels")) {
      assertThat(result.out).contains(kernel.path("op").asText(), kernel.path("shape").asText());
      assertThat(kernel.path("gflops").asDouble()).isPositive();
    }
  }

  @Test
  void speedNamesTheEnginesThatThereAre() {
    assertThat(run("speed", "--engine", "nonsense").err)
        .contains("expected auto or one of vector, scalar, got 'nonsense'");
  }

  @Test
  void speedRefusesATimeTooShortForTheJvmAndNamesTheLeast() {
    for (String seconds : List.of("1", "19.9")) {
      Result refused = run("speed", "--seconds", seconds);
      assertThat(refused.code).as(seconds).isEqualTo(2);
      assertThat(refused.err).contains("--seconds: expected at least 20, got");
      assertThat(refused.out).isEmpty();
    }
  }

  @Test
  void theSameSeedGivesTheSameFingerprintWithAnyPartitions() throws IOException {
    Path again = folder.resolve("again");
    Result second =
        run("train", "--config", config, "--input", corpus, "--output", again, "--partitions", "3");
    assertThat(second.code).as(second.err).isZero();
    assertThat(metrics(again).path("fingerprint")).isEqualTo(metrics(model).path("fingerprint"));
    Path other = folder.resolve("other");
    run("train", "--config", config, "--input", corpus, "--output", other, "--seed", "8");
    assertThat(metrics(other).path("fingerprint")).isNotEqualTo(metrics(model).path("fingerprint"));
  }

  @Test
  void aPackedCorpusGivesTheSameNetworkAndTheSamePredictions() throws IOException {
    Path packed = folder.resolve("packed");
    Path stray = corpus.resolve("class1/notes.txt");
    Files.writeString(stray, "not a picture");
    Result pack = run("pack", "--input", corpus, "--output", packed);
    Files.delete(stray);
    assertThat(pack.code).as(pack.err).isZero();
    assertThat(pack.out).contains("1 file skipped (", "24 images in 1 shard");
    assertThat(metrics(packed).path("skipped").path(0).path("path").asText())
        .isEqualTo("class1/notes.txt");
    Path out = folder.resolve("of-packed");
    Result second =
        run("train", "--config", config, "--input", packed, "--output", out, "--partitions", "3");
    assertThat(second.code).as(second.err).isZero();
    assertThat(metrics(out).path("fingerprint")).isEqualTo(metrics(model).path("fingerprint"));
    assertThat(predictions(packed, "p1")).isEqualTo(predictions(corpus, "p2")).hasSize(25);
    Path shard = packed.resolve("shards/shard-00000.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 3] ^= 1;
    Files.write(shard, bytes);
    Result damaged =
        run("classify", "--model", model, "--input", packed, "--output", folder.resolve("p3"));
    assertThat(damaged.code).isEqualTo(1);
    assertThat(damaged.err).contains("shard-00000.parquet", "or pack the corpus again");
    Result refused = run("pack", "--input", corpus, "--output", packed);
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err).contains("already holds results").contains("--overwrite");
    assertThat(run("pack", "--input", corpus, "--output", packed, "--shard-mb", "0").err)
        .contains("--shard-mb: expected a whole number from 1 to 2147483647, got 0");
  }

  private static List<String> predictions(Path input, String name) throws IOException {
    Path out = folder.resolve(name);
    Result result = run("classify", "--model", model, "--input", input, "--output", out);
    assertThat(result.code).as(result.err).isZero();
    return Files.readAllLines(out.resolve("predictions.csv"));
  }

  @Test
  void aNetworkAloneIsLearnedFromTheSameSampleWithoutDecodingTheRest() throws IOException {
    Path both = folder.resolve("both.yaml");
    String few = TinyConfig.changed(Files.readString(config), "images: 100", "images: 6");
    Files.writeString(both, few);
    Path alone = folder.resolve("alone.yaml");
    Files.writeString(alone, TinyConfig.withoutFeatures(few));
    Result all =
        run("train", "--config", both, "--input", corpus, "--output", folder.resolve("m1"));
    assertThat(all.out).as(all.err).contains("preprocessing 24 files");
    Result some =
        run("train", "--config", alone, "--input", corpus, "--output", folder.resolve("m2"));
    assertThat(some.out).as(some.err).contains("preprocessing 6 of 24 files");
    assertThat(metrics(folder.resolve("m2")).path("fingerprint"))
        .isEqualTo(metrics(folder.resolve("m1")).path("fingerprint"));
  }

  @Test
  void aLayerWithoutAnyCodeIsSaidOnTheTerminalAndInTheReport() throws IOException {
    Path faint = folder.resolve("faint.yaml");
    String bare = TinyConfig.withoutFeatures(Files.readString(config));
    String text = TinyConfig.changed(bare, "lambda: 0.5,", "lambda: 0.00001,");
    Files.writeString(faint, TinyConfig.withEpochs(1, text));
    Path out = folder.resolve("faint");
    Result result = run("train", "--config", faint, "--input", corpus, "--output", out);
    String warning = "layer 2: every code is zero: raise network.layers.1.lambda";
    String remedy = "raise network.layers.1.lambda, now 1.0E-5";
    assertThat(result.code).as(result.err).isZero();
    assertThat(result.out).containsOnlyOnce(warning).contains(remedy);
    assertThat(result.out).doesNotContain("layer 1: every code");
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).containsOnlyOnce(warning).contains(remedy);
    assertThat(metrics(out).path("layers").path(1).path("sparsity").asDouble()).isZero();
  }

  @Test
  void extractWritesOneRowAnImageAndLayer() throws IOException {
    Path out = folder.resolve("features");
    Result result =
        run("extract", "--model", model, "--input", corpus, "--output", out, "--layers", "2");
    assertThat(result.code).as(result.err).isZero();
    assertThat(result.out).contains("extracting layer [2] of 24 images");
    assertThat(out.resolve("features/_SUCCESS")).exists();
    Result refused =
        run(
            "extract",
            "--model",
            model,
            "--input",
            corpus,
            "--output",
            folder.resolve("f2"),
            "--layers",
            "3");
    assertThat(refused.code).isEqualTo(2);
    assertThat(refused.err)
        .contains("--layers: expected layers from 1 to 2, since the model has 2 layers, got 3");
    assertThat(folder.resolve("f2")).doesNotExist();
  }

  @Test
  void classifyNamesTheClassesOfNewImages() throws IOException {
    Path unseen = BarCorpus.write(folder.resolve("unseen"), 3, 4, 77);
    Path out = folder.resolve("classified");
    Result result = run("classify", "--model", model, "--input", unseen, "--output", out);
    assertThat(result.code).as(result.err).isZero();
    assertThat(metrics(out).path("accuracy_mean_per_class").asDouble()).isGreaterThan(0.6);
    assertThat(metrics(out).path("test_images").asInt()).isEqualTo(12);
    assertThat(result.out).contains("0 files skipped\n");
  }

  @Test
  void benchmarkWritesEveryPromisedKey() throws IOException {
    Path out = folder.resolve("benchmark");
    Result result =
        run("benchmark", "--config", config, "--input", corpus, "--output", out, "--splits", "2");
    assertThat(result.code).as(result.err).isZero();
    JsonNode metrics = metrics(out);
    for (String key :
        List.of(
            "accuracy_mean_per_class",
            "accuracy_std",
            "chance",
            "classes",
            "train_images",
            "test_images",
            "upright",
            "skipped_files",
            "seconds",
            "round_seconds",
            "layers")) {
      assertThat(metrics.has(key)).as(key).isTrue();
    }
    assertThat(metrics.path("round_seconds"))
        .hasSize(2)
        .allSatisfy(
            layer -> {
              assertThat(layer.path("coding").asDouble()).isPositive();
              assertThat(layer.path("filters").asDouble()).isPositive();
              assertThat(layer.path("between").asDouble()).isPositive();
            });
    JsonNode layer = metrics.path("layers").path(0);
    assertThat(layer.path("relative_reconstruction_error").asDouble()).isBetween(0.01, 0.9);
    assertThat(layer.path("sparsity").asDouble()).isBetween(0.001, 0.05);
    assertThat(metrics.path("splits").asInt()).isEqualTo(2);
    JsonNode combinations = metrics.path("combinations");
    for (String name : List.of("layer1-hard", "layer2-hard", "layer1-hard+layer2-hard")) {
      JsonNode combination = combinations.path(name);
      assertThat(combination.path("accuracy_mean_per_class").asDouble())
          .as(name)
          .isBetween(0.34, 1.0);
      assertThat(combination.path("accuracy_per_split")).hasSize(2);
      assertThat(combination.path("c_per_split").path(0).asDouble()).isEqualTo(10);
    }
    assertThat(result.out)
        .contains("0 files skipped\n", "chance: 33.3 %")
        .contains("raw pixels, linear classifier:");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("data:image/png;base64,")
        .contains("Images are turned upright as their files say.")
        .contains("between, on the driver");
  }

  @Test
  void benchmarkFindsEarlierStagesByWhatDecidesThem() throws IOException {
    Path cache = folder.resolve("cache");
    JsonNode first = benchmark("first", config, cache);
    assertThat(said).doesNotContain("as an earlier run left");
    Path other = folder.resolve("other-c.yaml");
    Files.writeString(other, TinyConfig.changed(Files.readString(config), "c: []", "c: [3]"));
    benchmark("second", other, cache);
    assertThat(said).contains("network: as an earlier run left", "pyramids: as an earlier run");
    assertThat(said).doesNotContain("learning the codebooks");
    JsonNode again = benchmark("third", config, cache);
    assertThat(again.path("combinations")).isEqualTo(first.path("combinations"));
    assertThat(again.path("layers")).isEqualTo(first.path("layers"));
    Path wider = folder.resolve("wider.yaml");
    Files.writeString(
        wider, TinyConfig.changed(Files.readString(config), "levels: 3", "levels: 2"));
    benchmark("fourth", wider, cache);
    assertThat(said).contains("network: as an earlier run").doesNotContain("pyramids: as an");
    JsonNode fresh = benchmark("fifth", config, cache, "--fresh");
    assertThat(said).doesNotContain("as an earlier run left");
    assertThat(fresh.path("combinations")).isEqualTo(first.path("combinations"));
  }

  @Test
  void benchmarkTakesANetworkFromElsewhere() throws IOException {
    JsonNode metrics = benchmark("transfer", config, folder.resolve("cache3"), "--model", model);
    assertThat(metrics.path("fingerprint")).isEqualTo(metrics(model).path("fingerprint"));
    assertThat(metrics.has("layers")).as("nothing was trained here").isFalse();
    assertThat(metrics.path("accuracy_mean_per_class").asDouble()).isBetween(0.34, 1.0);
    Path other = folder.resolve("other-size.yaml");
    Files.writeString(
        other, TinyConfig.changed(Files.readString(config), "longestSide: 48", "longestSide: 40"));
    Path out = folder.resolve("transfer2");
    Result refused =
        run("benchmark", "--config", other, "--input", corpus, "--output", out, "--model", model);
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err).contains("expected images prepared as the configuration says");
  }

  @Test
  void validationLeavesTheTestImagesAlone() throws IOException {
    JsonNode metrics = benchmark("validated", config, folder.resolve("cache2"), "--validate");
    // Four training images a class: one of them tests.
    assertThat(metrics.path("train_images").asInt()).isEqualTo(9);
    assertThat(metrics.path("test_images").asInt()).isEqualTo(3);
  }

  private String said;

  private JsonNode benchmark(String name, Path settings, Path cache, Object... more)
      throws IOException {
    Path out = folder.resolve(name);
    List<Object> words =
        new java.util.ArrayList<>(
            List.of("benchmark", "--config", settings, "--input", corpus, "--output", out));
    words.addAll(List.of("--cache", cache));
    words.addAll(List.of(more));
    Result result = run(words.toArray());
    assertThat(result.code).as(result.err).isZero();
    said = result.out;
    return metrics(out);
  }

  @Test
  void resultsAreNotOverwrittenUnlessAsked() throws IOException {
    Result refused = run("train", "--config", config, "--input", corpus, "--output", model);
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err).contains("already holds results").contains("--overwrite");

    Path photographs = folder.resolve("photographs");
    BarCorpus.write(photographs, 1, 1, 1);
    Result never =
        run("train", "--config", config, "--input", corpus, "--output", photographs, "--overwrite");
    assertThat(never.code).isEqualTo(1);
    assertThat(never.err).contains("no run of this program wrote");
    assertThat(photographs.resolve("class0/image0.png")).exists();
  }

  @Test
  void aModelOfAnotherVersionIsRefused() throws IOException {
    Path old = folder.resolve("old");
    Files.createDirectories(old);
    Files.writeString(old.resolve("_deconvnet"), "complete");
    Files.writeString(old.resolve("model.json"), "{\"modelVersion\": 99}");
    Result result =
        run("classify", "--model", old, "--input", corpus, "--output", folder.resolve("x"));
    assertThat(result.code).isEqualTo(1);
    assertThat(result.err).contains("expected version 1, got 99");
  }

  @Test
  void aBrokenOffRunIsNoModel() throws IOException {
    Path half = folder.resolve("half");
    Files.createDirectories(half);
    Files.writeString(half.resolve("_deconvnet"), "running");
    Result result =
        run("classify", "--model", half, "--input", corpus, "--output", folder.resolve("y"));
    assertThat(result.code).isEqualTo(1);
    assertThat(result.err).contains("has not ended, or broke off");
  }

  @Test
  void wrongUsageIsExitCodeTwo() throws IOException {
    assertThat(run().code).isEqualTo(2);
    assertThat(run("nonsense").code).isEqualTo(2);
    assertThat(run("train", "--input", corpus).code).isEqualTo(2);
    Path broken = folder.resolve("broken.yaml");
    Files.writeString(
        broken, TinyConfig.changed(Files.readString(config), "seed: 1", "seed: 1\nsead: 2"));
    Result unknown = run("train", "--config", broken, "--input", corpus, "--output", "m");
    assertThat(unknown.code).isEqualTo(2);
    assertThat(unknown.err)
        .contains("broken.yaml, line 2", "sead: unknown key", "did you mean seed?");
  }

  @Test
  void anExcludedClassThatIsNotThereIsNamedWithItsLineBeforeWork() throws IOException {
    Path misspelt = folder.resolve("misspelt.yaml");
    Files.writeString(
        misspelt,
        TinyConfig.changed(Files.readString(config), "exclude: []", "exclude: [class0, clas1]"));
    for (String command : List.of("train", "benchmark")) {
      Path out = folder.resolve("misspelt-" + command);
      Result refused = run(command, "--config", misspelt, "--input", corpus, "--output", out);
      assertThat(refused.code).isEqualTo(2);
      assertThat(refused.err)
          .contains("misspelt.yaml, line 3, column 21: corpus.exclude[1]: expected a class of ")
          .contains("got clas1; did you mean class1?");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void aFolderOrNothingInPlaceOfAConfigurationIsWrongUsage() {
    Path out = folder.resolve("unconfigured");
    Result of = run("train", "--config", corpus, "--input", corpus, "--output", out);
    assertThat(of.code).isEqualTo(2);
    assertThat(of.err).contains("expected a YAML file, got a folder").hasLineCount(1);
    Result none = run("train", "--config", "a:b.yaml", "--input", corpus, "--output", out);
    assertThat(none.code).isEqualTo(2);
    assertThat(none.err).contains("config a:b.yaml: expected the path").hasLineCount(1);
  }

  @Test
  void oneClassAndNoFolderAreErrorsOfTheRun() {
    Path one = BarCorpus.write(folder.resolve("one"), 1, 3, 1);
    Result single =
        run("benchmark", "--config", config, "--input", one, "--output", folder.resolve("z"));
    assertThat(single.code).isEqualTo(1);
    assertThat(single.err).contains("at least two class folders");
    assertThat(folder.resolve("z")).doesNotExist();
    Result missing =
        run("train", "--config", config, "--input", folder.resolve("no"), "--output", "m");
    assertThat(missing.code).isEqualTo(1);
    assertThat(missing.err).contains("check --input");
  }

  static JsonNode metrics(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("metrics.json").toFile());
  }

  static Result run(Object... arguments) {
    String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    return captured(() -> Main.execute(words));
  }

  private static Result captured(IntSupplier command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = command.getAsInt();
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }
}
