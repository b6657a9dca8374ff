package org.deconvnet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deconvnet.page.LineChart.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

class LineChartTest {
  private static LineChart chart(Scale scale) {
    return new LineChart("epoch", "objective", scale);
  }

  /** All points of one line; fails if one lies outside the picture. */
  private static double[][] points(Document svg, int line) {
    double[][] points =
        Arrays.stream(Xml.attribute(svg, "polyline", line, "points").split(" ", -1))
            .map(p -> Arrays.stream(p.split(",", -1)).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    for (double[] point : points) {
      assertThat(point[0]).isBetween(0.0, 480.0);
      assertThat(point[1]).isBetween(0.0, 320.0);
    }
    return points;
  }

  @ParameterizedTest
  @EnumSource
  void drawsOneLinePerSeriesHigherForLargerValues(Scale scale) {
    Document svg =
        Xml.parse(chart(scale).series("total", 9, 4, 1).series("data", 5, 3, 0.5).toSvg());

    assertThat(Xml.count(svg, "polyline")).isEqualTo(2);
    assertThat(Xml.attribute(svg, "svg", 0, "viewBox")).isEqualTo("0 0 480 320");
    double[][] total = points(svg, 0);
    assertThat(total).hasNumberOfRows(3);
    assertThat(total[0][0]).isLessThan(total[1][0]);
    assertThat(total[0][1]).isLessThan(total[1][1]);
    assertThat(points(svg, 1)[0][1]).isBetween(total[0][1], total[1][1]);
  }

  @Test
  void logarithmicAxisSpacesEqualRatiosEqually() {
    double[][] points = points(Xml.parse(chart(Scale.LOG).series("a", 1, 10, 100).toSvg()), 0);

    assertThat(points[0][1] - points[1][1]).isEqualTo(points[1][1] - points[2][1]);
  }

  @ParameterizedTest
  @EnumSource
  void drawsConstantSinglePointAndExtremeSeries(Scale scale) {
    double[][] all = {{7}, {3, 3, 3}, {1e-300, 1e299}, {1e9, 1e9 + 1e-7}, {1e-8, 1.1e-8}, {1e-300}};
    for (double[] values : all) {
      Document svg = Xml.parse(chart(scale).series("a", values).toSvg());
      assertThat(points(svg, 0)).hasNumberOfRows(values.length);
      assertThat(Xml.count(svg, "circle")).isEqualTo(values.length);
    }
  }

  @Test
  void linearAxisTakesZeroAndNegativeValues() {
    Document svg = Xml.parse(chart(Scale.LINEAR).series("a", 0, 0).series("b", -5, 5).toSvg());

    assertThat(points(svg, 0)[0][1]).isBetween(points(svg, 1)[1][1], points(svg, 1)[0][1]);
  }

  @Test
  void ticksAreRoundAndTellNeighboursApart() {
    assertThat(new ChartAxis(0, 1, false).labels())
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(new ChartAxis(100, 1e5, true).labels())
        .containsExactly(
            "100", "200", "500", "1000", "2000", "5000", "10000", "20000", "50000", "100000");
    assertThat(new ChartAxis(1.2e7, 1.3e7, false).labels())
        .containsExactly("1.2e7", "1.22e7", "1.24e7", "1.26e7", "1.28e7", "1.3e7");
    assertThat(new ChartAxis(1e-9, 1e3, true).labels())
        .containsExactly("1e-9", "1e-7", "1e-5", "1e-3", "1e-1", "1e1", "1e3");
    assertThat(new ChartAxis(130, 140, true).labels())
        .hasSizeGreaterThan(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatItCannotDraw() {
    LineChart log = chart(Scale.LOG).series("total", 1, 2);
    assertThatThrownBy(() -> chart(Scale.LINEAR).toSvg())
        .hasMessage("line chart: series: expected at least 1, got 0");
    assertThatThrownBy(() -> log.series("b"))
        .hasMessage("line chart: series 'b': values: expected at least 1, got 0");
    assertThatThrownBy(() -> log.series("b", 1))
        .hasMessage("line chart: series 'b': values: expected 2, got 1");
    assertThatThrownBy(() -> log.series("b", 1, 0))
        .hasMessageContaining("series 'b', value 2: expected a number above 0")
        .hasMessageContaining("use a linear axis");
    assertThatThrownBy(() -> log.series("b", Double.NaN, 1)).hasMessageContaining("got NaN");
    assertThatThrownBy(() -> log.series("total", 1, 1)).hasMessageContaining("already drawn");
  }

  @Test
  void namesAreEscapedAndLongLegendsWrapBelowTheTop() {
    LineChart chart = new LineChart("<x>", "a & b", Scale.LINEAR);
    for (String name : List.of("<script>", "\"quoted\"", "c".repeat(300), "d".repeat(50), "e")) {
      chart.series(name, 1, 2);
    }
    String svg = chart.toSvg();

    assertThat(svg).doesNotContain("<script").doesNotContain("<x>");
    assertThat(Xml.count(Xml.parse(svg), "polyline")).isEqualTo(5);
    assertThat(points(Xml.parse(svg), 0)[1][1]).isGreaterThan(3 * 20);
  }

  @Test
  void textIsTheSameInEveryLocale() {
    LineChart chart = chart(Scale.LINEAR).series("a", 0.5, 1.5);
    String english = chart.toSvg();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(chart.toSvg()).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
  }
}
