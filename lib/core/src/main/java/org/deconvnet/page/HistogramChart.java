package org.deconvnet.page;

import java.util.Arrays;
import java.util.List;
import org.deconvnet.tensor.Checks;
import org.deconvnet.words.Count;

/**
 * How often numbers fall into each of some equal parts of their range, as SVG text of the size of a
 * {@link LineChart}. The same numbers give the same text.
 */
public final class HistogramChart {
  private static final int MOST_BINS = 20;
  private static final int TOP = 30;

  private final String xLabel;
  private final String counted;
  private final double[] values;
  private final ChartAxis axis;
  private final double low;
  private final double width;
  private final int[] counts;

  /**
   * @param xLabel what the numbers are
   * @param counted what has one number each, as a singular: "image"
   * @param values at least one; finite, below 1e300 in size
   * @throws IllegalArgumentException if a value breaks these rules
   */
  public HistogramChart(String xLabel, String counted, double... values) {
    Checks.atLeast("histogram '%s': values".formatted(xLabel), 1, values.length);
    for (double value : values) {
      if (!(Math.abs(value) < 1e300)) {
        throw new IllegalArgumentException(
            "histogram '%s': expected finite numbers below 1e300, got %s".formatted(xLabel, value));
      }
    }
    this.xLabel = xLabel;
    this.counted = counted;
    this.values = values.clone();
    double min = Arrays.stream(values).min().orElseThrow();
    double max = Arrays.stream(values).max().orElseThrow();
    this.axis = new ChartAxis(min, max, false);
    // Equal numbers share one bar in the middle of an axis that was widened around them.
    boolean flat = axis.position(max) - axis.position(min) < 0.5;
    int bins = flat ? 1 : (int) Math.min(MOST_BINS, Math.ceil(2 * Math.cbrt(values.length)));
    this.width = flat ? 1 : (max - min) / bins;
    this.low = flat ? min - 0.5 : min;
    this.counts = count(bins);
  }

  private int[] count(int bins) {
    int[] all = new int[bins];
    for (double value : values) {
      all[(int) Math.min(bins - 1, Math.floor((value - low) / width))]++;
    }
    return all;
  }

  /** The chart as one {@code <svg>} element; every bar has a tooltip. */
  public String toSvg() {
    int most = Arrays.stream(counts).max().orElseThrow();
    StringBuilder svg = new StringBuilder(open());
    appendHeights(svg, most);
    appendRange(svg);
    svg.append("<g fill=\"").append(ChartLegend.colour(0)).append("\">\n");
    for (int bin = 0; bin < counts.length; bin++) {
      appendBar(svg, bin, most);
    }
    return svg.append("</g></svg>").toString();
  }

  private String open() {
    return Markup.fill(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"14\""
            + " fill=\"currentColor\">\n",
        LineChartSvg.WIDTH,
        LineChartSvg.HEIGHT,
        Markup.escape("%s of %s".formatted(xLabel, Count.of(values.length, counted))));
  }

  private void appendHeights(StringBuilder svg, int most) {
    for (int count : most == 1 ? new int[] {0, 1} : new int[] {0, most / 2, most}) {
      String y = Markup.number(y(count, most));
      svg.append(
          Markup.fill(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"currentColor\""
                  + " stroke-opacity=\"0.2\"/><text x=\"%d\" y=\"%s\" dy=\"5\""
                  + " text-anchor=\"end\">%d</text>\n",
              LineChartSvg.LEFT, LineChartSvg.RIGHT, y, y, LineChartSvg.LEFT - 6, y, count));
    }
    svg.append(
        Markup.fill(
            "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
            (TOP + LineChartSvg.BOTTOM) / 2, Markup.escape(Count.noun(2, counted))));
  }

  private void appendRange(StringBuilder svg) {
    List<Double> ticks = axis.ticks();
    List<String> labels = axis.labels();
    for (int i = 0; i < ticks.size(); i++) {
      String x = Markup.number(x(ticks.get(i)));
      svg.append(
          Markup.fill(
              "<path d=\"M%s %dv5\" stroke=\"currentColor\"/><text x=\"%s\" y=\"%d\""
                  + " text-anchor=\"middle\">%s</text>\n",
              x, LineChartSvg.BOTTOM, x, LineChartSvg.BOTTOM + 20, Markup.escape(labels.get(i))));
    }
    svg.append(
        Markup.fill(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            (LineChartSvg.LEFT + LineChartSvg.RIGHT) / 2,
            LineChartSvg.HEIGHT - 10,
            Markup.escape(xLabel)));
  }

  private void appendBar(StringBuilder svg, int bin, int most) {
    double left = counts.length == 1 ? middle() - 20 : x(low + bin * width);
    double right = counts.length == 1 ? middle() + 20 : x(low + (bin + 1) * width);
    double top = y(counts[bin], most);
    svg.append(
        Markup.fill(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>\n",
            left + 1,
            top,
            Math.max(1, right - left - 2),
            LineChartSvg.BOTTOM - top,
            Markup.escape(Count.of(counts[bin], counted))));
  }

  private double middle() {
    return x(values[0]);
  }

  private double x(double value) {
    return LineChartSvg.LEFT + (LineChartSvg.RIGHT - LineChartSvg.LEFT) * axis.position(value);
  }

  private static double y(int count, int most) {
    return LineChartSvg.BOTTOM - (LineChartSvg.BOTTOM - TOP) * (double) count / most;
  }
}
