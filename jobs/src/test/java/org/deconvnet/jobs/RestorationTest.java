package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reconstruct} and {@code denoise} as their users call them. */
class RestorationTest {
  @TempDir static Path folder;
  private static Path corpus;
  private static Path dn;
  private static Path adn;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    String denoise = TinyConfig.shipped("denoise-dn.yaml");
    dn = train("dn", TinyConfig.changed(denoise, "maps: 16", "maps: 6", "maps: 24", "maps: 8"));
    String quickstart = TinyConfig.withoutFeatures(TinyConfig.shipped("quickstart.yaml"));
    adn = train("adn", TinyConfig.changed(quickstart, "maps: 50", "maps: 10"));
  }

  private static Path train(String name, String config) throws IOException {
    return TinyModel.train(folder, name, TinyConfig.withEpochs(2, config), corpus);
  }

  @Test
  void reconstructDrawsAndMeasuresEveryLayerOfEitherKind() throws IOException {
    for (Path model : List.of(dn, adn)) {
      Path out = folder.resolve("reconstructed-" + model.getFileName());
      Result result = run("reconstruct", "--model", model, "--input", corpus, "--output", out);
      assertThat(result.code()).as(result.err()).isZero();
      JsonNode metrics = metrics(out);
      for (int layer = 1; layer <= 2; layer++) {
        double error = metrics.path("relative_error_layer" + layer).asDouble();
        assertThat(error).isBetween(1e-5, 0.9);
        // Images lose their local means, so that SNR and relative error all but say the same.
        assertThat(metrics.path("snr_layer" + layer).asDouble())
            .isGreaterThan(-10 * Math.log10(error) - 1);
        assertThat(metrics.has("psnr_layer" + layer)).isTrue();
        assertThat(result.out()).contains("layer %d: relative error %.4f".formatted(layer, error));
      }
      assertThat(names(out.resolve("images/class1/image2.png")))
          .containsExactly(
              "input.png",
              "layer1-residual.png",
              "layer1.png",
              "layer2-residual.png",
              "layer2.png");
      assertThat(Files.readString(out.resolve("report.html"))).contains("layer2-residual");
      assertThat(Files.readString(out.resolve("_deconvnet"))).isEqualTo("complete");
    }
  }

  @Test
  void denoiseAddsNoiseThatPartitionsDoNotChangeAndMeasuresWhatItGains() throws IOException {
    Path one = folder.resolve("denoised1");
    Path two = folder.resolve("denoised2");
    Result result = denoise(dn, one, "--sigma", "20", "--partitions", "1");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(denoise(dn, two, "--sigma", "20", "--partitions", "3").code()).isZero();
    JsonNode metrics = metrics(one);
    assertThat(metrics.path("psnr_noisy").asDouble())
        .isCloseTo(20 * Math.log10(255 / 20.0), within(0.3));
    for (String key : List.of("snr", "psnr")) {
      double noisy = metrics.path(key + "_noisy").asDouble();
      assertThat(metrics.path(key + "_denoised_layer1").asDouble()).isGreaterThan(noisy + 1);
      assertThat(metrics.path(key + "_denoised_layer2").asDouble()).isGreaterThan(noisy + 1);
      assertThat(metrics(two).path(key + "_noisy").asDouble()).isCloseTo(noisy, within(1e-9));
    }
    assertThat(metrics.path("sigma").asDouble()).isEqualTo(20);
    assertThat(names(one.resolve("images/class0/image1.png")))
        .containsExactly("clean.png", "layer1.png", "layer2.png", "noisy.png");
    for (String name : List.of("noisy.png", "layer2.png", "clean.png")) {
      String file = "images/class0/image1.png/" + name;
      assertThat(one.resolve(file)).hasSameBinaryContentAs(two.resolve(file));
      assertThat(ImageIO.read(one.resolve(file).toFile()).getWidth()).isEqualTo(48);
    }
    assertThat(result.out()).contains("noisy: SNR").contains("layer 2: SNR");
    assertThat(numbers(one)).hasSize(7).element(0).asString().startsWith("path,snr_noisy");
  }

  @Test
  void otherSeedsAndWeightsGiveOtherResults() throws IOException {
    Path first = folder.resolve("seed1");
    Path second = folder.resolve("seed2");
    assertThat(denoise(dn, first, "--sigma", "20").code()).isZero();
    assertThat(denoise(dn, second, "--sigma", "20", "--seed", "2", "--lambda", "9,99").code())
        .isZero();
    assertThat(metrics(second).path("lambda")).hasToString("[9.0,99.0]");
    for (String key : List.of("snr_noisy", "snr_denoised_layer1", "fingerprint")) {
      assertThat(metrics(second).path(key)).isNotEqualTo(metrics(first).path(key));
    }
  }

  @Test
  void noisyImagesAreDenoisedAsTheyAre() throws IOException {
    Path out = folder.resolve("as-is");
    Result result = denoise(dn, out, "--noisy");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).has("snr_noisy")).isFalse();
    assertThat(metrics(out).path("images").asInt()).isEqualTo(6);
    assertThat(names(out.resolve("images/class0/image0.png")))
        .containsExactly("layer1.png", "layer2.png", "noisy.png");
    assertThat(result.out()).doesNotContain("SNR");
  }

  @Test
  void wrongNoiseIsWrongUsage() {
    Path out = folder.resolve("never");
    for (String sigma : List.of("0", "-3", "NaN", "101", "much")) {
      Result result = denoise(dn, out, "--sigma", sigma);
      assertThat(result.code()).as(sigma).isEqualTo(2);
      assertThat(result.err()).contains("--sigma").contains(sigma.replace("101", "at most 100"));
    }
    assertThat(denoise(dn, out).code()).isEqualTo(2);
    assertThat(denoise(dn, out, "--sigma", "9", "--noisy").code()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void modelsThatCannotDenoiseAreRefused() throws IOException {
    Path out = folder.resolve("refused");
    Result kind = denoise(adn, out, "--sigma", "9");
    assertThat(kind.code()).isEqualTo(1);
    assertThat(kind.err())
        .contains(
            "expected one that denoises (network.model: dn or csc), got one of network.model adn");
    Result weights = denoise(dn, out, "--sigma", "9", "--lambda", "5");
    assertThat(weights.code()).isEqualTo(2);
    assertThat(weights.err())
        .contains("--lambda: expected 2 weights, one a layer of the model, got 1");
    Path divided =
        train(
            "divided",
            TinyConfig.changed(
                TinyConfig.shipped("denoise-dn.yaml"),
                "deviationFloor: 1",
                "deviationFloor: 0",
                "maps: 16",
                "maps: 4"));
    Result contrast = denoise(divided, out, "--sigma", "9");
    assertThat(contrast.code()).isEqualTo(1);
    assertThat(contrast.err())
        .contains("preprocessing keeps pixels")
        .contains("localContrast: true");
    assertThat(out).doesNotExist();
  }

  private static Result denoise(Path model, Path out, Object... more) {
    List<Object> words =
        Stream.concat(
                Stream.of("denoise", "--model", model, "--input", corpus, "--output", out),
                Stream.of(more))
            .toList();
    return run(words.toArray());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> numbers(Path out) throws IOException {
    return Files.readAllLines(out.resolve("numbers.csv"));
  }
}
