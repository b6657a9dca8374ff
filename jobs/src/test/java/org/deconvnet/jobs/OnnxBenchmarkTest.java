package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmark} by the layers of a network that was learned elsewhere, and without words. */
@Tag("slow")
class OnnxBenchmarkTest {
  private static final Path NETWORK =
      Path.of(System.getProperty("deconvnet.root"), "data/models/caltech-cnn.onnx");
  private static final String REST =
      """
      classifier: {c: [1, 100]}
      split: {trainPerClass: 3, splits: 2}
      """;

  @TempDir static Path folder;
  private static Path corpus;

  @BeforeAll
  static void draw() {
    corpus = BarCorpus.write(folder.resolve("corpus"), 3, 5, 1);
  }

  private static Path config(String name, String network, String vocabularies) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        "network: {%s}%nfeatures: {vocabularies: [%s]}%n%s".formatted(network, vocabularies, REST));
  }

  private static String onnx(String more) {
    return "model: onnx, file: '%s', engine: scalar%s".formatted(NETWORK, more);
  }

  private static Result benchmark(Path config, Path out, Object... more) {
    return run(
        Stream.concat(
                Stream.of("benchmark", "--config", config, "--input", corpus, "--output", out),
                Stream.of(more))
            .toArray());
  }

  @Test
  void eachLayerIsClassifiedByAlone() throws IOException {
    Path config =
        config(
            "layers",
            onnx(""),
            "{source: layer1, codings: [maps]}, {source: layer5, codings: [maps]}");
    Path out = folder.resolve("layers");
    Result result = benchmark(config, out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("  layer1-maps: ", "  layer5-maps: ", " over 2 splits");
    JsonNode found = metrics(out);
    assertThat(found.path("combinations").path("layer1-maps").path("accuracy_per_split"))
        .hasSize(2)
        .allMatch(rate -> rate.asDouble() > 0.5);
    assertThat(found.path("fingerprint").asText()).hasSize(64);
    JsonNode top = found.path("layers_alone").path(1);
    assertThat(top.path("name").asText()).isEqualTo("/layer5/relu/Relu");
    assertThat(top.path("shape").toString()).isEqualTo("[96,10,10]");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("By layer, each alone", "/layer1/relu/Relu", "32 × 40 × 40")
        .contains("model: onnx");
    assertThat(pyramids()).as("made once for both splits").isEqualTo(1);

    Path again = folder.resolve("again");
    Result fromCache = benchmark(config, again, "--partitions", "3");
    assertThat(fromCache.out()).contains("pyramids: as an earlier run left them");
    assertThat(metrics(again).path("combinations")).isEqualTo(found.path("combinations"));
  }

  private static long pyramids() throws IOException {
    try (Stream<Path> kept = Files.list(folder.resolve("deconvnet-cache"))) {
      return kept.filter(path -> path.getFileName().toString().startsWith("pyramids-")).count();
    }
  }

  /** Of layer 1, of half the image's rows; patches of more than half an image would do. */
  @Test
  void wordsOfSmallMapsAreRefusedAndOthersLearned() throws IOException {
    String vocabulary = "{source: layer1, words: 10, patch: %d, cells: 2, codings: [soft, maps]}";
    Path small = config("small", onnx(""), vocabulary.formatted(8));
    Path out = folder.resolve("words");
    assertThat(benchmark(small, out).err())
        .contains(
            "vocabularies[0].codings: expected maps alone for layer1, since its maps of 40 x 40")
        .contains("got [soft, maps]");
    assertThat(out).doesNotExist();

    Path large = config("large", onnx(""), vocabulary.formatted(44));
    Result result = benchmark(large, out, "--cache", folder.resolve("own-cache"));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("combinations").fieldNames())
        .toIterable()
        .containsExactly("layer1-soft", "layer1-maps");
  }

  @Test
  void aDryRunTriesTheNetworkAndWritesNothing() throws IOException {
    Path out = folder.resolve("dry");
    Result result =
        benchmark(config("dry", onnx(""), "{source: layer5, codings: [maps]}"), out, "--dry-run");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("time to infer all images", "nothing was written");
    assertThat(out).doesNotExist();
  }

  @Test
  void aLayerThatTheFileDoesNotHaveIsNamed() throws IOException {
    Path config = config("sixth", onnx(""), "{source: layer6, codings: [maps]}");
    Result result = benchmark(config, folder.resolve("sixth"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("vocabularies[0].source: expected layers from 1 to 5", "got layer6");
    assertThat(folder.resolve("sixth")).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfAModelIsRefused() throws IOException {
    Path out = folder.resolve("as-model");
    Path own = Files.writeString(folder.resolve("plain.yaml"), "network: {model: adn}");
    assertThat(benchmark(own, out, "--model", NETWORK).err())
        .contains("expected a folder that train wrote, got an ONNX file");
    Path config = config("both", onnx(""), "{source: layer1, codings: [maps]}");
    assertThat(benchmark(config, out, "--model", NETWORK).err())
        .contains("--model: expected none where the configuration has network.model onnx");
    assertThat(out).doesNotExist();
  }

  @Test
  void itIsNotLearned() throws IOException {
    Path config = config("learned", onnx(""), "{source: layer1, codings: [maps]}");
    for (String verb : new String[] {"train", "ablations", "compare-learners"}) {
      Path out = folder.resolve("not-learned");
      Result result = run(verb, "--config", config, "--input", corpus, "--output", out);
      assertThat(result.code()).as(verb).isNotZero();
      assertThat(result.err()).contains("line 1", "network.model: expected", "got onnx");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void aNetworkThatIsLearnedHereIsPooledAsWell() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("own.yaml"),
            """
            preprocess: {longestSide: 40}
            network: {engine: scalar, layers: [{maps: 6, iterations: 3, epochs: 1}]}
            features: {vocabularies: [{codings: [maps]}]}
            split: {trainPerClass: 3}
            """);
    Path out = folder.resolve("own");
    Result result = benchmark(config, out, "--cache", folder.resolve("third-cache"));
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("accuracy_mean_per_class").asDouble()).isGreaterThan(0.5);
    assertThat(metrics(out).path("seconds").has("codebook")).isFalse();

    Path model = folder.resolve("own-model");
    run("train", "--config", config, "--input", corpus, "--output", model);
    Path vectors = folder.resolve("vectors");
    Result extracted =
        run("extract", "--model", model, "--input", corpus, "--output", vectors, "--pyramids");
    assertThat(extracted.code()).as(extracted.err()).isZero();
    assertThat(vectors.resolve("features")).isDirectory();
  }

  @Test
  void visualizeTakesTheConfigurationsLayers() throws IOException {
    Path config = config("shown", onnx(", layers: [layer5]"), "{codings: [maps]}");
    Path out = folder.resolve("shown");
    Result result =
        run(
            "visualize",
            "--model",
            NETWORK,
            "--config",
            config,
            "--input",
            corpus,
            "--output",
            out,
            "--maps",
            "2",
            "--top",
            "1");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("layers")).hasSize(1);

    Path adn = Files.writeString(folder.resolve("adn.yaml"), "network: {model: adn}");
    Result other =
        run(
            "visualize",
            "--model",
            NETWORK,
            "--config",
            adn,
            "--input",
            corpus,
            "--output",
            folder.resolve("other"));
    assertThat(other.code()).isNotZero();
    assertThat(other.err()).contains("network.model: expected onnx", "got adn");
  }
}
