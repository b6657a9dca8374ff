package org.deconvnet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ConfusionMatrixChartTest {
  private static final ConfusionMatrixChart PETS =
      new ConfusionMatrixChart(
          new int[][] {{3, 1, 0}, {0, 4, 0}, {0, 0, 0}}, List.of("cat", "dog", "<b>&"));

  private static ConfusionMatrixChart diagonal(int classes) {
    int[][] counts = new int[classes][classes];
    IntStream.range(0, classes).forEach(i -> counts[i][i] = 30);
    return new ConfusionMatrixChart(
        counts, IntStream.range(0, classes).mapToObj(i -> "class " + i).toList());
  }

  @Test
  void svgHasOneShadedCellPerPairAndNumbersWhereSomethingWasCounted() {
    Document svg = Xml.parse(PETS.toSvg());

    assertThat(Xml.count(svg, "rect")).isEqualTo(9);
    // Two axis names, two labels per class, three numbers.
    assertThat(Xml.count(svg, "text")).isEqualTo(2 + 2 * 3 + 3);
    assertThat(Xml.attribute(svg, "rect", 1, "fill-opacity")).isEqualTo("0.500");
    assertThat(Xml.attribute(svg, "rect", 3, "fill-opacity")).isEqualTo("0.000");
    assertThat(Xml.attribute(svg, "rect", 4, "fill-opacity")).isEqualTo("1.000");
    assertThat(Xml.attribute(svg, "rect", 8, "fill-opacity")).isEqualTo("0.000");
    assertThat(PETS.toSvg()).contains("cat taken for dog: 1 (25.0 %)").doesNotContain("<b>");
  }

  @Test
  void numbersEndAt25ClassesNamesAt60AndSvgAt300() {
    assertThat(Xml.count(Xml.parse(diagonal(25).toSvg()), "text")).isEqualTo(2 + 50 + 25);
    Document plain = Xml.parse(diagonal(60).toSvg());
    assertThat(Xml.count(plain, "text")).isEqualTo(2 + 120);
    assertThat(Xml.count(plain, "rect")).isEqualTo(60);
    assertThatThrownBy(() -> diagonal(301).toSvg())
        .hasMessage(
            "confusion matrix as SVG: expected at most 300 classes, got 301; use the picture");
  }

  @Test
  void of101ClassesEveryCellWithACountStillSaysItsClasses() {
    Document svg = Xml.parse(diagonal(101).toSvg());

    assertThat(Xml.count(svg, "text")).isEqualTo(2);
    assertThat(Xml.count(svg, "rect")).isEqualTo(101);
    assertThat(Xml.text(svg, "title", 100))
        .isEqualTo("class 100 taken for class 100: 30 (100.0 %)");
    assertThat(diagonal(101).toSvg().length()).isLessThan(40_000);
  }

  @Test
  void oneClassHasRoomForItsNames() {
    Document svg = Xml.parse(diagonal(1).toSvg());

    assertThat(Xml.count(svg, "rect")).isOne();
    assertThat(Xml.attribute(svg, "svg", 0, "viewBox")).isEqualTo("0 0 157 157");
  }

  @Test
  void pictureShowsTruthDownAndPredictionAcross() {
    BufferedImage picture = PETS.toPicture(4);

    assertThat(picture.getWidth()).isEqualTo(12);
    assertThat(picture.getHeight()).isEqualTo(12);
    assertThat(picture.getRGB(7, 3) & 0xFFFFFF).isEqualTo(0x80B9D9);
    assertThat(picture.getRGB(3, 7) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(picture.getRGB(4, 4) & 0xFFFFFF).isEqualTo(0x0072B2);
    assertThat(picture.getRGB(11, 11) & 0xFFFFFF).isEqualTo(0xFFFFFF);
  }

  @Test
  void copiesItsCounts() {
    int[][] counts = {{1, 0}, {0, 1}};
    ConfusionMatrixChart chart = new ConfusionMatrixChart(counts, List.of("a", "b"));
    String before = chart.toSvg();
    counts[0][1] = 9;

    assertThat(chart.toSvg()).isEqualTo(before);
  }

  @Test
  void refusesWrongSizesAndNegativeCounts() {
    assertThatThrownBy(() -> new ConfusionMatrixChart(new int[0][0], List.of()))
        .hasMessage("confusion matrix: classes: expected at least 1, got 0");
    assertThatThrownBy(() -> new ConfusionMatrixChart(new int[2][2], List.of("a")))
        .hasMessage("confusion matrix: labels: expected 2, got 1");
    assertThatThrownBy(() -> new ConfusionMatrixChart(new int[2][3], List.of("a", "b")))
        .hasMessage("confusion matrix: columns of row 0: expected 2, got 3");
    assertThatThrownBy(() -> new ConfusionMatrixChart(new int[][] {{-1}}, List.of("a")))
        .hasMessage("confusion matrix: count at row 0, column 0: expected at least 0, got -1");
    assertThatThrownBy(() -> PETS.toPicture(0)).hasMessageContaining("cell size");
  }
}
