package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.LabelledBars;
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

  /** Labels are of the image's own size, even where it was resized and cut. */
  @Test
  void itLabelsOtherImages() throws IOException {
    Path others = LabelledBars.write(folder.resolve("unlabelled"), 3, 78);
    Path out = folder.resolve("labels");
    Result result = run("segment", "predict", "--model", model, "--input", others, "--output", out);
    assertThat(result.code()).as(result.err()).isZero();
    var labels = ImageIO.read(out.resolve("images/images/scene1.png/labels.png").toFile());
    assertThat(labels.getWidth()).isEqualTo(LabelledBars.WIDTH);
    assertThat(labels.getRaster().getSample(20, 12, 0)).isBetween(0, 2);
    assertThat(out.resolve("images/labels")).as("labels are no photographs").doesNotExist();
    assertThat(metrics(out).path("images").asInt()).isEqualTo(3);
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
