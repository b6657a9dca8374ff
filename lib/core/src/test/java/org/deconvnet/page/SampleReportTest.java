package org.deconvnet.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.view.FilterMosaic;
import org.deconvnet.view.PngWriter;
import org.deconvnet.view.ReconstructionSheet;
import org.junit.jupiter.api.Test;

/** Writes {@code target/sample-report/}, to be looked at after a change of the drawing. */
class SampleReportTest {
  private static final Path FOLDER = Path.of("target", "sample-report");

  /** Gabor-like waves: an orientation and a frequency that the eye can check. */
  private static FeatureMaps wave(int maps, int side, double angle, double strength) {
    FeatureMaps wave = FeatureMaps.zeros(new Shape(maps, side, side));
    for (int i = 0; i < wave.data().length; i++) {
      int map = i / (side * side);
      double y = i / side % side - (side - 1) / 2.0;
      double x = i % side - (side - 1) / 2.0;
      double phase = (Math.cos(angle) * x + Math.sin(angle) * y) * 9 / side + map;
      double envelope = Math.exp(-4 * (x * x + y * y) / (side * side));
      wave.data()[i] = (float) (strength * envelope * Math.cos(phase));
    }
    return wave;
  }

  private static ConfusionMatrixChart matrix(int classes) {
    Random random = new Random(classes);
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < classes * 30; i++) {
      int truth = i % classes;
      counts[truth][random.nextInt(10) < 6 ? truth : random.nextInt(classes)]++;
    }
    return new ConfusionMatrixChart(
        counts, IntStream.range(0, classes).mapToObj(i -> "class_" + i).toList());
  }

  private static LineChart objective(LineChart.Scale scale) {
    double[] data =
        IntStream.range(0, 20).mapToDouble(i -> 4e4 * Math.exp(-i / 3.0) + 900).toArray();
    double[] sparsity = IntStream.range(0, 20).mapToDouble(i -> 3e3 + 4e3 / (i + 1)).toArray();
    double[] total = IntStream.range(0, 20).mapToDouble(i -> data[i] + sparsity[i]).toArray();
    return new LineChart("epoch", "objective", scale)
        .series("total", total)
        .series("data term", data)
        .series("sparsity", sparsity);
  }

  private static BufferedImage mosaic(int maps) {
    return FilterMosaic.draw(
        IntStream.range(0, 15).mapToObj(i -> wave(maps, 7 + i % 3 * 2, i * 0.4, i + 1)).toList(),
        8,
        6);
  }

  private static BufferedImage sheet() {
    return ReconstructionSheet.draw(
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    IntStream.range(0, 4)
                        .mapToObj(j -> wave(1, 40, i * 0.7, (i + 1) * Math.pow(0.6, j)))
                        .toList())
            .toList(),
        3);
  }

  @Test
  void writesASmallWellFormedPage() throws IOException {
    Map<String, String> facts = new TreeMap<>(Map.of("Images", "3030", "Accuracy", "66.9 ± 1.1 %"));
    HtmlReport report =
        new HtmlReport("DeconvNet sample")
            .keyFigure("97.0 %", "accuracy on 200 test images")
            .made(Map.of("made on", "28 November 2026"))
            .command("./deconvnet quickstart --output out/quickstart")
            .facts(facts)
            .heading("Filters")
            .paragraph("Waves instead of filters; every tile has its own scale.")
            .picture(mosaic(1), "Grey waves of three sizes")
            .picture(mosaic(3), "Colour waves of three sizes")
            .heading("Reconstructions")
            .sheet(sheet(), List.of("input", "layer 1", "layer 2", "residual"), "Fading waves")
            .heading("Objective")
            .svg(objective(LineChart.Scale.LOG).toSvg(), "On a logarithmic axis")
            .svg(objective(LineChart.Scale.LINEAR).toSvg(), "On a linear axis")
            .heading("Confusions");
    for (int classes : new int[] {10, 32, 101}) {
      report.confusionMatrix(matrix(classes), classes + " classes");
    }
    report
        .table(List.of("truth", "predicted"), List.of(List.of("1", "2")))
        .tiles(List.of(new Tile(mosaic(1), "waves", List.of("map 0", "grey"))), "Tiles")
        .bars(
            List.of(
                new Bar("this run", 0.97, "97.0 %", Bar.Kind.OURS),
                new Bar("a paper", 0.7, "70.0 %", Bar.Kind.LITERATURE),
                new Bar("chance", 0.1, "10.0 %", Bar.Kind.REFERENCE)),
            "Bars")
        .svg(new HistogramChart("share", "image", 1, 2, 2, 3, 8).toSvg(), "Histogram");

    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve("grey.png"), PngWriter.encode(mosaic(1)));
    Files.write(FOLDER.resolve("colour.png"), PngWriter.encode(mosaic(3)));
    Files.write(FOLDER.resolve("sheet.png"), PngWriter.encode(sheet()));
    Files.write(FOLDER.resolve("matrix.png"), PngWriter.encode(matrix(101).toPicture(5)));
    Files.writeString(FOLDER.resolve("report.html"), report.toHtml());
    assertThat(Files.size(FOLDER.resolve("report.html"))).isBetween(20_000L, 1_000_000L);
    assertThat(Xml.count(Xml.parse(report.toHtml()), "figure")).isEqualTo(11);
  }
}
