package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code visualize} as its users call it. */
class VisualizeTest {
  @TempDir static Path folder;
  private static Path corpus;
  private static Path adn;
  private static Path dn;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    String quickstart = TinyConfig.withoutFeatures(TinyConfig.shipped("quickstart.yaml"));
    adn = train("adn", TinyConfig.changed(quickstart, "maps: 50", "maps: 11"));
    String denoise = TinyConfig.shipped("denoise-dn.yaml");
    dn = train("dn", TinyConfig.changed(denoise, "maps: 16", "maps: 4", "maps: 24", "maps: 5"));
  }

  private static Path train(String name, String config) throws IOException {
    return TinyModel.train(folder, name, TinyConfig.withEpochs(1, config), corpus);
  }

  @Test
  void anAdaptiveNetworksMapsAndPartsAreShown() throws IOException {
    Path out = folder.resolve("shown-adn");
    Result result =
        run("visualize", "--model", adn, "--input", corpus, "--output", out, "--partitions", "1");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("layer 2: 11 maps");
    JsonNode layers = metrics(out).path("layers");
    assertThat(layers.path(0).path("maps")).hasSize(15);
    assertThat(layers.path(1).path("maps")).hasSize(11);
    for (JsonNode map : layers.path(1).path("maps")) {
      double last = Double.POSITIVE_INFINITY;
      for (JsonNode one : map) {
        assertThat(Math.abs(one.path("value").asDouble())).isBetween(0.0, last);
        last = Math.abs(one.path("value").asDouble());
        assertThat(corpus.resolve(one.path("path").asText())).exists();
      }
    }
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("The 11 maps of layer 2").contains("Activations taken apart");
    assertThat(page).contains("layer 2: 1", "layer 1: 5").doesNotContain("no switches");
    JsonNode lost = metrics(out).path("decompositions").path(0).path("lost");
    assertThat(lost.path(0).asDouble()).isZero();
    assertThat(lost.path(1).asDouble()).isBetween(0.01, 1.0);
    assertThat(Files.readString(out.resolve("_deconvnet"))).isEqualTo("complete");

    Path again = folder.resolve("again-adn");
    run("visualize", "--model", adn, "--input", corpus, "--output", again, "--partitions", "4");
    assertThat(metrics(again).path("layers")).isEqualTo(layers);
    for (String file : new String[] {"layer1/map03.png", "layer2/map10.png"}) {
      assertThat(out.resolve("images").resolve(file))
          .hasSameBinaryContentAs(again.resolve("images").resolve(file));
    }
  }

  @Test
  void theOlderNetworksMapsAreShown() throws IOException {
    Path out = folder.resolve("shown-dn");
    Result result =
        run("visualize", "--model", dn, "--input", corpus, "--output", out, "--top", "4");
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode maps = metrics(out).path("layers").path(1).path("maps");
    assertThat(maps).hasSize(5);
    assertThat(maps.path(3)).hasSize(4);
    assertThat(metrics(out).has("decompositions")).isFalse();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("This network has no switches")
        .doesNotContain("taken apart");
    // 11 x 11 pixels reach layer 2; cells of 55, two by two, and twice that with a gap.
    BufferedImage map = ImageIO.read(out.resolve("images/layer2/map3.png").toFile());
    assertThat(map.getWidth()).isEqualTo(2 * (2 * 57 - 2) + 8 + 16);
    assertThat(map.getHeight()).isEqualTo(2 * 57 - 2 + 16);
  }

  @Test
  void numbersOutOfRangeAreWrongUsage() {
    Path out = folder.resolve("never");
    for (String top : new String[] {"0", "-1", "101", "many"}) {
      Result result =
          run("visualize", "--model", adn, "--input", corpus, "--output", out, "--top", top);
      assertThat(result.code()).as(top).isEqualTo(2);
      assertThat(result.err()).contains("--top").contains(top);
    }
    assertThat(out).doesNotExist();
  }
}
