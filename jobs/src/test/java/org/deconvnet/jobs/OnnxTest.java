package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deconvnet.jobs.MainTest.metrics;
import static org.deconvnet.jobs.MainTest.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.jobs.MainTest.Result;
import org.deconvnet.spark.BarCorpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code visualize}, {@code extract} and {@code describe} with the network that ships. */
class OnnxTest {
  private static final Path NETWORK =
      Path.of(System.getProperty("deconvnet.root", "..")).resolve("data/models/caltech-cnn.onnx");

  @TempDir static Path folder;
  private static Path corpus;

  @BeforeAll
  static void write() throws IOException {
    corpus = BarCorpus.write(folder.resolve("corpus"), 2, 3, 1);
    Files.writeString(corpus.resolve("broken.png"), "no image");
  }

  private static Result visualize(Path out, Object... more) {
    Object[] all = new Object[more.length + 13];
    Object[] first = {
      "visualize",
      "--model",
      NETWORK,
      "--input",
      corpus,
      "--output",
      out,
      "--layers",
      "layer1,layer5",
      "--top",
      "2",
      "--maps",
      "3"
    };
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return run(all);
  }

  @Test
  void mapsAreShownTheSameForAnyPartitions() throws IOException {
    Path out = folder.resolve("shown");
    Result result = visualize(out, "--partitions", "1");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).contains("layer 2, /layer5/relu/Relu: 3 maps");
    JsonNode layers = metrics(out).path("layers");
    assertThat(layers).hasSize(2);
    assertThat(layers.path(1).path("maps")).hasSize(3);
    assertThat(metrics(out).path("skipped")).hasSize(1);
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page)
        .contains("Layer 1, /layer1/relu/Relu", "Convolutional network caltech-cnn.onnx")
        .contains("href=\"maps/layer1/map0.html\"");
    assertThat(Files.readString(out.resolve("maps/layer1/map0.html")))
        .contains("layer 1, /layer1/relu/Relu: map 0", "../../report.html");
    Path again = folder.resolve("again");
    visualize(again, "--partitions", "4");
    assertThat(metrics(again).path("layers")).isEqualTo(layers);
    assertThat(out.resolve("images/layer1/map0.png"))
        .hasSameBinaryContentAs(again.resolve("images/layer1/map0.png"));
    Path gradient = folder.resolve("gradient");
    assertThat(visualize(gradient, "--rule", "gradient").code()).isZero();
    assertThat(metrics(gradient).path("layers")).isEqualTo(layers);
    assertThat(Files.readAllBytes(gradient.resolve("images/layer2/map0.png")))
        .isNotEqualTo(Files.readAllBytes(out.resolve("images/layer2/map0.png")));
  }

  @Test
  void layersAreExtractedAsCodesAre() throws IOException {
    Path out = folder.resolve("features");
    Result result =
        run(
            "extract",
            "--model",
            NETWORK,
            "--input",
            corpus,
            "--output",
            out,
            "--layers",
            "layer5,/mean/GlobalAveragePool");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(metrics(out).path("names").path(1).asText())
        .isEqualTo("layer 2, /mean/GlobalAveragePool");
    List<Row> rows = parquet(out.resolve("features"));
    assertThat(rows).hasSize(2 * 6);
    for (Row row : rows) {
      Row features = row.getStruct(3);
      boolean mean = row.getInt(2) == 2;
      assertThat(features.getInt(0)).isEqualTo(96);
      assertThat(features.getInt(1)).isEqualTo(mean ? 1 : 10);
      assertThat(features.getList(4)).isNotEmpty();
    }
    Path entries = folder.resolve("entries");
    Result few =
        run(
            "extract",
            "--model",
            NETWORK,
            "--input",
            corpus,
            "--output",
            entries,
            "--layers",
            "layer5",
            "--entries");
    assertThat(few.code()).as(few.err()).isZero();
    assertThat(parquet(entries.resolve("entries")).get(0).schema().fieldNames())
        .contains("map", "row", "column", "value");
  }

  private static List<Row> parquet(Path folder) throws IOException {
    try (SparkSession spark = LocalSession.start()) {
      return spark.read().parquet(folder.toString()).collectAsList();
    }
  }

  @Test
  void theNetworkIsDescribed() {
    Result result = run("describe", "--model", NETWORK);
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("3x80x80, from a shorter side of 92", "/layer3/conv/Conv Conv 128x10x10");
    assertThat(run("describe", "--model", NETWORK, "--as-json").out()).contains("\"nodes\"");
  }

  @Test
  void whatDoesNotFitIsSaidBeforeWorkBegins() throws IOException {
    Path out = folder.resolve("never");
    assertWrong(
        run(
            "extract",
            "--model",
            NETWORK,
            "--input",
            corpus,
            "--output",
            out,
            "--layers",
            "layer9"),
        "layer layer9",
        "/layer5/relu/Relu");
    assertWrong(
        run("extract", "--model", NETWORK, "--input", corpus, "--output", out, "--pyramids"),
        "--pyramids: expected a model that was learned here");
    assertWrong(
        run("visualize", "--model", folder.resolve("no.onnx"), "--input", corpus, "--output", out),
        "no.onnx",
        "expected a file, found none");
    Path damaged = folder.resolve("damaged.onnx");
    Files.write(damaged, new byte[] {1, 2, 3});
    assertWrong(
        run("visualize", "--model", damaged, "--input", corpus, "--output", out),
        "damaged.onnx",
        "expected an ONNX file");
    assertThat(out).doesNotExist();
  }

  private static void assertWrong(Result result, String... saying) {
    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains(saying).doesNotContain("Exception in thread");
  }
}
