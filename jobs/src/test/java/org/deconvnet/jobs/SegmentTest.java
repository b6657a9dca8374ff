package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.LabelledBars;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code segment} as its users call it. */
class SegmentTest {
  private static final String TINY =
      """
      corpus: {maxPixels: 100000}
      segment:
        names: [ground, disc, bar]
        voidValues: [%d]
        head: {widths: [8], convolutions: 1}
        learning: {epochs: 12, rate: 0.03}
      """
          .formatted(LabelledBars.VOID);

  @TempDir static Path folder;
  private static Path corpus;
  private static Path model;
  private static Result training;

  @BeforeAll
  static void trainOnce() throws IOException {
    corpus = LabelledBars.write(folder.resolve("corpus"), 12, 1);
    Files.delete(corpus.resolve("labels/scene11.png"));
    model = folder.resolve("model");
    training = train(model, TINY);
  }

  private static Result train(Path out, String text, Object... more) throws IOException {
    Path config = Files.writeString(folder.resolve(out.getFileName() + ".yaml"), text);
    Object[] first = {"segment", "train", "--config", config, "--input", corpus, "--output", out};
    Object[] line = new Object[first.length + more.length];
    System.arraycopy(first, 0, line, 0, first.length);
    System.arraycopy(more, 0, line, first.length, more.length);
    return run(line);
  }

  @Test
  void aModelAndItsReportAreWritten() throws IOException {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out())
        .contains("learned from: 11 images, each mirrored, too", "1 file skipped", "epoch 12/12");
    JsonNode metrics = metrics(model);
    assertThat(training.out().strip())
        .endsWith("fingerprint: " + metrics.path("fingerprint").asText());
    assertThat(metrics.path("losses")).hasSize(12);
    assertThat(metrics.path("losses").path(11).asDouble())
        .isLessThan(metrics.path("losses").path(0).asDouble());
    assertThat(metrics.path("classes").path(1).path("class").asText()).isEqualTo("disc");
    JsonNode json = new ObjectMapper().readTree(model.resolve("model.json").toFile());
    assertThat(json.path("configuration").asText()).contains("segment:\n", "  voidValues: [9]\n");
    assertThat(Files.readString(model.resolve("report.html")))
        .contains("Class by class", "frequency-weighted IU", "loss a pixel")
        .contains("<span>truth</span>", "<span>errors</span>", "images/scene11.png");
    assertThat(model.resolve("checkpoint")).doesNotExist();
  }

  @Test
  void itMeasuresOtherImages() throws IOException {
    Path others = LabelledBars.write(folder.resolve("others"), 5, 77);
    Path out = folder.resolve("measured");
    Result result =
        run("segment", "evaluate", "--model", model, "--input", others, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    JsonNode metrics = metrics(out);
    assertThat(metrics.path("mean_iu").asDouble()).isBetween(0.6, 1.0);
    assertThat(metrics.path("pixels").asInt()).as("all but a corner each").isEqualTo(5 * 767);
    assertThat(result.out()).contains("mean IU 0.", "report: ");
  }

  /**
   * Labels are of the image's own size, even where it was resized and cut: 24 rows and 32 columns
   * of half the size leave out 8 columns of 80 on either side.
   */
  @Test
  void itLabelsOtherImages() throws IOException {
    Path others = LabelledBars.write(folder.resolve("unlabelled"), 3, 78);
    enlarge(others.resolve("images/scene1.png"), 80, 48);
    Path more = Files.createDirectories(others.resolve("more"));
    Files.copy(others.resolve("images/scene0.png"), more.resolve("scene0.png"));
    Path out = folder.resolve("labels");
    Result result = run("segment", "predict", "--model", model, "--input", others, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    var labels = ImageIO.read(out.resolve("images/images/scene1.png/labels.png").toFile());
    assertThat(labels.getWidth()).isEqualTo(80);
    assertThat(labels.getHeight()).isEqualTo(48);
    for (int row : new int[] {0, 47}) {
      assertThat(labels.getRaster().getSample(7, row, 0)).isEqualTo(255);
      assertThat(labels.getRaster().getSample(8, row, 0)).isBetween(0, 2);
      assertThat(labels.getRaster().getSample(71, row, 0)).isBetween(0, 2);
      assertThat(labels.getRaster().getSample(72, row, 0)).isEqualTo(255);
    }
    var small = ImageIO.read(out.resolve("images/images/scene0.png/labels.png").toFile());
    assertThat(small.getWidth()).isEqualTo(LabelledBars.WIDTH);
    assertThat(out.resolve("images/labels")).as("labels are no photographs").doesNotExist();
    assertThat(metrics(out).path("images").asInt()).isEqualTo(3);
  }

  private static void enlarge(Path file, int width, int height) throws IOException {
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(ImageIO.read(file.toFile()), 0, 0, width, height, null);
    graphics.dispose();
    ImageIO.write(large, "png", file.toFile());
  }

  /** The largest label is of an image that is held out; 0 is no class. */
  @Test
  void classesAreThoseOfAllImages() throws IOException {
    Path scenes = LabelledBars.write(folder.resolve("scenes"), 4, 5);
    List<String> ids = IntStream.range(0, 4).mapToObj(n -> "images/scene" + n + ".png").toList();
    String heldOut = FeatureLearning.sample(ids, 1, 6).get(0);
    File file = scenes.resolve(heldOut.replace("images/", "labels/")).toFile();
    BufferedImage labels = ImageIO.read(file);
    labels.getRaster().setSample(5, 5, 0, 12);
    ImageIO.write(labels, "png", file);
    Path config =
        Files.writeString(
            folder.resolve("scenes.yaml"),
            """
            seed: 5
            segment:
              voidValues: [0, 9]
              holdOut: 0.25
              head: {widths: [4], convolutions: 1}
              learning: {epochs: 1}
            """);
    Path out = folder.resolve("scenes-model");
    Result result = run("segment", "train", "--config", config, "--input", scenes, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("held_out_images").asInt()).isEqualTo(1);
    assertThat(metrics(out).path("classes")).hasSize(13);
    assertThat(metrics(out).path("classes").path(12).path("pixels").asInt()).isEqualTo(1);
    Path measured = folder.resolve("scenes-measured");
    Result again =
        run("segment", "evaluate", "--model", out, "--input", scenes, "--output", measured);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(metrics(measured).path("images").asInt()).isEqualTo(4);
    assertThat(metrics(measured).path("classes").path(0).path("pixels").asInt()).isZero();
  }

  @Test
  void aShareToHoldOutLeavesImagesToLearnFrom() throws IOException {
    Result result =
        train(folder.resolve("none-left"), TINY.replace("  head:", "  holdOut: 0.99\n  head:"));
    assertThat(result.code()).isNotZero();
    assertThat(result.err())
        .contains("segment.holdOut: expected a share that leaves images to learn from")
        .contains("got 0.99, which is 11 of 11 usable images");
  }

  @Test
  void layersOfAnotherNetworkAreScored() throws IOException {
    Path features =
        Files.writeString(
            folder.resolve("features.yaml"),
            """
            corpus: {exclude: [labels]}
            preprocess: {longestSide: 0}
            network: {engine: scalar, layers: [{maps: 4, filterSide: 5, epochs: 1}]}
            features: {vocabularies: []}
            """);
    Path network = folder.resolve("network");
    Result trained = run("train", "--config", features, "--input", corpus, "--output", network);
    assertThat(trained.code()).as(trained.err()).isZero();
    String head =
        TINY.replace("{widths: [8], convolutions: 1}", "{layers: [1], strides: [2], widths: []}")
            .replace("epochs: 12", "epochs: 2");
    Path out = folder.resolve("scored");
    Result result = train(out, head, "--network", network);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(trained.out()).contains("fingerprint: " + metrics(out).path("network").asText());
    Result measured =
        run(
            "segment",
            "evaluate",
            "--model",
            out,
            "--input",
            corpus,
            "--output",
            folder.resolve("scored-measured"));
    assertThat(measured.code()).as(measured.err()).isZero();
    for (Path labelling : new Path[] {model, out}) {
      Result other = run("describe", "--model", labelling, "--output", folder.resolve("described"));
      assertThat(other.err())
          .contains("expected one that 'train' wrote, got one that labels pixels")
          .contains("'segment predict' takes it");
    }
  }

  @Test
  void whatDoesNotGoTogetherIsSaidBeforeWorkBegins() throws IOException {
    Path out = folder.resolve("refused");
    String layers = "segment: {head: {layers: [1], strides: [2], widths: []}}\n";
    assertThat(train(out, layers).err())
        .contains("expected a network with the layers [1], got none; give --network");
    assertThat(train(out, "segment: {head: {widths: [4, 4, 4, 4, 4]}}\n").err())
        .contains("expected images of at least 32 x 32 pixels", "got 24 x 32");
    assertThat(train(out, TINY, "--network", model).err())
        .contains("segment.head.layers: expected layers of the network");
    assertThat(train(out, "corpus: {exclude: [labels]}\nsegment: {}\n").err())
        .contains("corpus.exclude: expected none");
    assertThat(train(out, "segment: {voidValues: [300]}\n").err()).contains("got 300");
    assertThat(out).doesNotExist();
  }
}
