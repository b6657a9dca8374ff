package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.kernels.ScalarArrayKernels;
import org.deconvnet.network.gradient.GradientNetwork;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.network.gradient.adversarial.Noise;
import org.deconvnet.spark.BarCorpus;
import org.deconvnet.spark.store.GeneratorFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate} as its users call it. */
class GenerateTest {
  private static final String TINY =
      "generate: {side: 16, filters: 4, noise: 8, ghostGroup: 4, batch: 8, epochs: 2}\n";
  private static final Path JUDGE = DocumentsTest.ROOT.resolve("data/models/caltech-cnn.onnx");

  @TempDir static Path folder;
  private static Path corpus;
  private static Path config;
  private static Path model;
  private static Result training;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 7, 1);
    Files.writeString(corpus.resolve("class0/broken.png"), "no image");
    config = Files.writeString(folder.resolve("tiny.yaml"), TINY);
    model = folder.resolve("model");
    training = train(model, config, "--judge", JUDGE);
  }

  private static Result train(Path out, Path file, Object... more) {
    Object[] line = new Object[8 + more.length];
    Object[] first = {"generate", "train", "--config", file, "--input", corpus, "--output", out};
    System.arraycopy(first, 0, line, 0, first.length);
    System.arraycopy(more, 0, line, first.length, more.length);
    return run(line);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void aModelAndItsReportAreWritten() throws IOException {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out())
        .contains("epoch 2/2  batch 2/2  loss: real ", "1 file skipped", "model: " + model);
    JsonNode metrics = metrics(model);
    String fingerprint = metrics.path("fingerprint").asText();
    assertThat(training.out().strip()).endsWith("fingerprint: " + fingerprint);
    assertThat(json(model.resolve("model.json")).path("fingerprint").asText())
        .isEqualTo(fingerprint);
    assertThat(json(model.resolve("model.json")).path("configuration").asText())
        .contains("generate:\n", "  filters: 4\n", "  rate: 0.0002\n");
    assertThat(metrics.path("left_out").asInt()).isEqualTo(2);
    assertThat(metrics.path("judged_images").asInt()).isEqualTo(7);
    for (String what : new String[] {"the other half", "samples", "samples before training"}) {
      assertThat(metrics.path("distances").path(what).path("frechet").asDouble()).isPositive();
    }
    assertThat(Files.readString(model.resolve("report.html")))
        .contains("Losses", "Samples over time", "Before training.", "After 2 epochs.")
        .contains("Nearest training images", "From one sample to another")
        .contains("Distances in the features of another network");
    assertThat(Files.readString(model.resolve("progress.jsonl"))).contains("\"event\":\"round\"");
    assertThat(model.resolve("checkpoint")).doesNotExist();
  }

  /** Two epochs teach no generator to differ. */
  @Test
  void aCollapseIsSaidWhereItIs() throws IOException {
    assertThat(metrics(model).path("collapsed").asBoolean()).isTrue();
    assertThat(training.out()).contains("warning: the generator has collapsed");
    assertThat(Files.readString(model.resolve("report.html"))).contains("has collapsed");
  }

  @Test
  void theSameImagesAndSeedGiveTheSameModelInAnyPartitions() throws IOException {
    Path again = folder.resolve("again");
    assertThat(train(again, config, "--partitions", 1).code()).isZero();
    assertThat(metrics(again).path("fingerprint")).isEqualTo(metrics(model).path("fingerprint"));
    Path other = folder.resolve("other");
    assertThat(train(other, config, "--seed", 2).code()).isZero();
    assertThat(metrics(other).path("fingerprint")).isNotEqualTo(metrics(model).path("fingerprint"));
  }

  @Test
  void samplesAndRowsAreDrawnFromAModel() throws IOException {
    Path samples = folder.resolve("samples");
    Result result = run("generate", "sample", "--model", model, "--output", samples, "--count", 5);
    assertThat(result.code()).as(result.err()).isZero();
    BufferedImage one = ImageIO.read(samples.resolve("samples/000004.png").toFile());
    assertThat(one.getWidth()).isEqualTo(16);
    assertThat(samples.resolve("samples/000005.png")).doesNotExist();
    // Three columns and two rows with gaps of two pixels.
    BufferedImage all = ImageIO.read(samples.resolve("samples.png").toFile());
    assertThat(all.getWidth()).isEqualTo(3 * 18 + 2);
    assertThat(all.getHeight()).isEqualTo(2 * 18 + 2);
    Path rows = folder.resolve("rows");
    assertThat(
            run(
                    "generate",
                    "interpolate",
                    "--model",
                    model,
                    "--output",
                    rows,
                    "--rows",
                    2,
                    "--columns",
                    4)
                .code())
        .isZero();
    BufferedImage way = ImageIO.read(rows.resolve("rows/000001.png").toFile());
    assertThat(way.getWidth()).isEqualTo(4 * 18 + 2);
    // A row's left end is the image of the same z, up to the rounding of tones.
    BufferedImage first = ImageIO.read(samples.resolve("samples/000002.png").toFile());
    for (int pixel = 0; pixel < 16; pixel++) {
      int apart = (way.getRGB(2 + pixel, 9) & 0xff) - (first.getRGB(pixel, 7) & 0xff);
      assertThat(Math.abs(apart)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void onnxRuntimeAgreesWithBothNetworks() throws Exception {
    GeneratorFolder read;
    try (SparkSession spark = LocalSession.start()) {
      read = GeneratorFolder.read(spark, model.toString());
    }
    agree(read.weights().generator(), "generator.onnx");
    agree(read.weights().discriminator(), "discriminator.onnx");
  }

  private static void agree(NetworkWeights weights, String file) throws IOException, OrtException {
    GradientNetwork network = weights.network(new ScalarArrayKernels(), 1);
    float[] input = network.input().data();
    var shape = weights.plan().input();
    float[] drawn = Noise.ofImage(new org.deconvnet.tensor.Shape(input.length, 1, 1), 3, 0).data();
    System.arraycopy(drawn, 0, input, 0, input.length);
    network.infer();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] axes = {1, shape.maps(), shape.height(), shape.width()};
    byte[] bytes = Files.readAllBytes(model.resolve(file));
    try (OrtSession session = environment.createSession(bytes);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), axes);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      FloatBuffer got = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] expected = network.output().data();
      assertThat(got.remaining()).isEqualTo(expected.length);
      double largest = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(got.get(i) - expected[i]));
      }
      assertThat(largest).isLessThan(1e-4);
    }
  }

  /** The discriminator's layers are features like those of any network in a file. */
  @Test
  void benchmarkClassifiesByTheDiscriminatorsLayers() throws IOException {
    Path features =
        Files.writeString(
            folder.resolve("features.yaml"),
            """
            network: {model: onnx, file: "%s", resize: 16, mean: [0.5], deviation: [0.5]}
            features: {vocabularies: [{source: layer1, codings: [maps]}, {source: layer2, codings: [maps]}]}
            split: {trainPerClass: 3}
            """
                .formatted(model.resolve("discriminator.onnx")));
    Path out = folder.resolve("benchmark");
    Result result = run("benchmark", "--config", features, "--input", corpus, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(Files.readString(out.resolve("report.html"))).contains("layer2");
  }

  @Test
  void aDryRunSaysWhatItTakesAndWritesNothing() {
    Path out = folder.resolve("dry");
    Result result = train(out, config, "--dry-run");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("  ghostGroup: 4\n", "images: 15 files of ", "time to train both networks: about")
        .contains("memory at least: ", "nothing was written");
    assertThat(out).doesNotExist();
  }

  @Test
  void badInputIsRefusedBeforeWorkBegins() throws IOException {
    refused("generate: {ghostGroup: 16}", "expected at least 16 images, since generate.ghostGroup");
    refused("generate: {ghostGroup: 4, images: 3}", "generate.ghostGroup is 4, got 3");
    refused("generate: {side: 48}", "generate.side: expected a power of two from 8 to 256, got 48");
    refused("generate: {batch: 40}", "generate.batch: expected a multiple of generate.ghostGroup");
    refused("generate: {filter: 8}", "did you mean filters?");
    refused("network: {model: adn}", "network");
    refused(
        "generate: {side: 256, filters: 192, ghostGroup: 4}",
        "memory: expected at least ",
        "generate.filters or generate.ghostGroup");
    Result judge = train(folder.resolve("refused"), config, "--judge", corpus.resolve("none.onnx"));
    assertThat(judge.code()).isEqualTo(1);
    assertThat(judge.err()).contains("none.onnx: expected a file, found none");
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private static void refused(String text, String... told) throws IOException {
    Path file = Files.writeString(folder.resolve("refused.yaml"), text + "\n");
    Result result = train(folder.resolve("refused"), file);
    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains(told);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  /** What a trained discriminator's features are compared with. */
  @Test
  void noEpochGivesTheNetworksOfTheStart() throws IOException {
    Path file =
        Files.writeString(folder.resolve("start.yaml"), TINY.replace("epochs: 2", "epochs: 0"));
    Path start = folder.resolve("start");
    Result result = train(start, file);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(start.resolve("discriminator.onnx")).exists();
    assertThat(metrics(start).path("fingerprint")).isNotEqualTo(metrics(model).path("fingerprint"));
    assertThat(Files.readString(start.resolve("report.html")))
        .contains("Before training.")
        .doesNotContain("Losses");
  }

  /** Bars are 40 rows high. */
  @Test
  void smallImagesAreEnlargedOrRefusedAsTheConfigurationSays() throws IOException {
    String larger = "generate: {side: 64, filters: 2, ghostGroup: 4, batch: 8, epochs: 1, %s}";
    Path enlarged =
        Files.writeString(folder.resolve("enlarge.yaml"), larger.formatted("enlarge: true"));
    assertThat(train(folder.resolve("enlarged"), enlarged).code()).isZero();
    Path refused =
        Files.writeString(folder.resolve("asis.yaml"), larger.formatted("enlarge: false"));
    Result result = train(folder.resolve("asis"), refused);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("expected images, got 15 files and no image");
    Path some = folder.resolve("some");
    BufferedImage large = new BufferedImage(80, 70, BufferedImage.TYPE_INT_RGB);
    for (int n = 0; n < 4; n++) {
      ImageIO.write(large, "png", corpus.resolve("class1/large%d.png".formatted(n)).toFile());
    }
    try {
      assertThat(train(some, refused).code()).isZero();
      assertThat(metrics(some).path("skipped_files").asInt()).isEqualTo(15);
      assertThat(metrics(some).path("skipped").toString())
          .contains(
              "expected at least 64 x 64 pixels, since images are not to be enlarged, got 40 x");
    } finally {
      for (int n = 0; n < 4; n++) {
        Files.delete(corpus.resolve("class1/large%d.png".formatted(n)));
      }
    }
  }

  @Test
  void modelsOfAnotherKindAreRefused() throws IOException {
    Path plain =
        TinyModel.train(
            folder,
            "plain",
            "network: {engine: vector, layers: [{maps: 4, epochs: 1}]}\n"
                + "preprocess: {longestSide: 32}\nfeatures: {vocabularies: []}\n",
            corpus);
    Path out = folder.resolve("none");
    Result sample = run("generate", "sample", "--model", plain, "--output", out);
    assertThat(sample.code()).isEqualTo(1);
    assertThat(sample.err()).contains("expected a generator, which generate train writes");
    Result classify = run("classify", "--model", model, "--input", corpus, "--output", out);
    assertThat(classify.code()).isEqualTo(1);
    assertThat(classify.err()).contains("expected a network that train wrote, got a generator");
    assertThat(out).doesNotExist();
  }

  @Test
  void aDamagedModelIsRefused() throws IOException {
    Path damaged = Files.createDirectories(folder.resolve("damaged"));
    try (var files = Files.list(model)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()));
      }
    }
    Path numbers = damaged.resolve("generator.parameters.npy");
    byte[] bytes = Files.readAllBytes(numbers);
    bytes[bytes.length - 2] ^= 1;
    Files.write(numbers, bytes);
    Files.deleteIfExists(damaged.resolve(".generator.parameters.npy.crc"));
    Result result = run("generate", "sample", "--model", damaged, "--output", folder.resolve("no"));
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("the model is damaged, copy or train it again");
  }
}
