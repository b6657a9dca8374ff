package org.deconvnet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class HistogramChartTest {
  private static Document histogram(double... values) {
    return Xml.parse(new HistogramChart("<share>", "image", values).toSvg());
  }

  private static double number(Document svg, int bar, String attribute) {
    return Double.parseDouble(Xml.attribute(svg, "rect", bar, attribute));
  }

  @Test
  void everyNumberIsCountedOnceAndTheHighestBarHoldsMost() {
    Document svg = histogram(0, 0.1, 0.2, 5, 9.9, 10, 10, 10);
    // Eight numbers: 2 · ∛8 bars.
    assertThat(Xml.count(svg, "rect")).isEqualTo(4);
    assertThat(IntStream.range(0, 4).mapToObj(i -> Xml.text(svg, "title", i)))
        .containsExactly("3 images", "0 images", "1 image", "4 images");
    assertThat(number(svg, 3, "height")).isGreaterThan(number(svg, 0, "height"));
    assertThat(number(svg, 1, "height")).isZero();
  }

  @Test
  void barsLieWithinTheChartFromLeftToRight() {
    Document svg = histogram(-3, -2, 0, 4, 1e6);
    double before = 0;
    for (int bar = 0; bar < Xml.count(svg, "rect"); bar++) {
      assertThat(number(svg, bar, "x")).isGreaterThan(before);
      before = number(svg, bar, "x") + number(svg, bar, "width") - 1;
    }
    assertThat(before).isLessThan(480);
  }

  @Test
  void equalNumbersShareOneBar() {
    for (double[] values : new double[][] {{0}, {7, 7, 7}, {1e-8}, {0, 0}}) {
      Document svg = histogram(values);
      assertThat(Xml.count(svg, "rect")).isOne();
      assertThat(Xml.text(svg, "title", 0)).startsWith(Integer.toString(values.length));
      assertThat(number(svg, 0, "x")).isBetween(76.0, 464.0);
    }
  }

  @Test
  void refusesNoNumbersAndWhatIsNone() {
    assertThatThrownBy(() -> histogram()).hasMessageContaining("values: expected at least 1");
    assertThatThrownBy(() -> histogram(1, Double.NaN)).hasMessageContaining("got NaN");
  }
}
