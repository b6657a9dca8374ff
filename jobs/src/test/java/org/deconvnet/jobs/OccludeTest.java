package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code occlude} as its users call it, with the network that ships. */
class OccludeTest {
  private static final Path NETWORK = DocumentsTest.ROOT.resolve("data/models/caltech-cnn.onnx");

  @TempDir static Path folder;
  private static Path corpus;

  /** Class yin_yang is one of the network's, class1 is none; one file is no image. */
  @BeforeAll
  static void write() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 2, 1);
    Files.move(corpus.resolve("class0"), corpus.resolve("yin_yang"));
    Files.writeString(corpus.resolve("class1/broken.png"), "no image");
  }

  private static Result occlude(Path out, Object... more) {
    Object[] line = new Object[7 + more.length];
    Object[] first = {"occlude", "--model", NETWORK, "--input", corpus, "--output", out};
    System.arraycopy(first, 0, line, 0, first.length);
    System.arraycopy(more, 0, line, first.length, more.length);
    return run(line);
  }

  @Test
  void whatTheNetworkNeedsIsShownAndDoesNotDependOnPartitions() throws IOException {
    Path out = folder.resolve("once");
    Result result = occlude(out, "--size", 41, "--step", 20, "--partitions", 1);
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode metrics = metrics(out);
    JsonNode all = metrics.path("occlusions");
    assertThat(all).hasSize(4);
    assertThat(metrics.path("skipped").path(0).path("path").asText())
        .isEqualTo("class1/broken.png");
    assertThat(metrics.path("square").path("size").asInt()).isEqualTo(41);
    for (JsonNode one : all) {
      check(one);
    }
    for (String name : new String[] {"image", "covered", "probability", "activity", "classes"}) {
      BufferedImage picture =
          ImageIO.read(out.resolve("images/yin_yang/image1.png/" + name + ".png").toFile());
      assertThat(picture.getWidth()).isEqualTo(80);
      assertThat(picture.getHeight()).isEqualTo(80);
    }
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("yin_yang/image0.png", "yin_yang, the class of its folder: probability 0.")
        .contains("class1/broken.png", "<dd>/layer5/relu/Relu</dd>");

    Path again = folder.resolve("again");
    occlude(again, "--size", 41, "--step", 20, "--partitions", 3);
    assertThat(metrics(again).path("occlusions")).isEqualTo(all);
    assertThat(out.resolve("images/class1/image0.png/classes.png"))
        .hasSameBinaryContentAs(again.resolve("images/class1/image0.png/classes.png"));
  }

  private static void check(JsonNode one) {
    boolean ofFolder = one.path("path").asText().startsWith("yin_yang/");
    assertThat(one.path("class_of_folder").asBoolean()).isEqualTo(ofFolder);
    assertThat(one.path("class")).isEqualTo(ofFolder ? textOf("yin_yang") : one.path("predicted"));
    assertThat(one.path("probability").asDouble()).isBetween(0.0, 1.0);
    JsonNode least = one.path("least_probability");
    assertThat(least.path("value").asDouble()).isBetween(0.0, 1.0);
    // Two steps of 20 would leave the image: the last place is at 39.
    assertThat(least.path("row").asInt()).isIn(0, 20, 39);
    assertThat(least.path("column").asInt()).isIn(0, 20, 39);
    double shares = 0;
    for (JsonNode share : one.path("class_shares")) {
      shares += share.asDouble();
    }
    assertThat(shares).isCloseTo(1, within(1e-12));
    assertThat(one.path("activity").asDouble()).isPositive();
  }

  private static JsonNode textOf(String text) {
    return TextNode.valueOf(text);
  }

  @Test
  void aLayerAMapAndFewImagesCanBeAskedFor() throws IOException {
    Path out = folder.resolve("few");
    Path names = folder.resolve("names.txt");
    Files.writeString(names, "a name\n".repeat(101));
    Result result =
        occlude(
            out,
            "--size",
            80,
            "--layer",
            "layer2",
            "--map",
            3,
            "--images",
            1,
            "--class-names",
            names);
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode all = metrics(out).path("occlusions");
    assertThat(all).hasSize(1);
    assertThat(all.path(0).path("map").asInt()).isEqualTo(3);
    assertThat(all.path(0).path("class").asText()).isEqualTo("a name");
    assertThat(metrics(out).path("layer").asText()).isEqualTo("/layer2/relu/Relu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 81 | expected at most the shorter side of the network's input of 80 x 80 pixels",
        "--map 512 | map: expected from 0 to",
        "--layer none | layer none: expected the name of a node",
        "--class-names none.txt | class names none.txt: expected a file, got nothing there",
        "--model MODEL | expected a network in an ONNX file"
      })
  void whatDoesNotFitTheNetworkIsRefusedBeforeAnyWork(String options, String message) {
    Path out = folder.resolve("never");
    String[] words = options.replace("MODEL", folder.toString()).split(" ");
    Result result =
        words[0].equals("--model")
            ? run("occlude", "--model", words[1], "--input", corpus, "--output", out)
            : occlude(out, (Object[]) words);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(message);
    assertThat(out).doesNotExist();
  }

  @Test
  void numbersOutOfRangeAreWrongUsage() {
    for (String option : new String[] {"--size", "--step", "--images"}) {
      Result result = occlude(folder.resolve("never"), option, 0);
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains(option + ": expected a whole number from 1");
    }
  }
}
