package org.deconvnet.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deconvnet.tensor.Checks;

/**
 * Named series over x = 1..n as SVG text, 640 x 320: the objective over epochs, for example. Text
 * and axes take the colour of the page. Lines differ in colour and dashes, so that they can be told
 * apart in print and by colour-blind readers. The same series give the same text.
 */
public final class LineChart {
  /** How values are spread along the vertical axis. */
  public enum Scale {
    LINEAR,
    LOG
  }

  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int LEFT = 76;
  private static final int RIGHT = 620;
  private static final int BOTTOM = 270;
  private static final int MAX_DOTS = 40;

  private final String xLabel;
  private final String yLabel;
  private final Scale scale;
  private final Map<String, double[]> series = new LinkedHashMap<>();

  /** An empty chart; {@code xLabel} and {@code yLabel} name the axes. */
  public LineChart(String xLabel, String yLabel, Scale scale) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.scale = scale;
  }

  /**
   * Adds a line through (1, values[0]), (2, values[1]), ...
   *
   * @param values at least one; as many as in the other series; finite and below 1e300; above 0 on
   *     a logarithmic axis
   * @throws IllegalArgumentException if the values break the rules above or the name is taken
   */
  public LineChart series(String name, double... values) {
    String what = "line chart: series '%s'".formatted(name);
    Checks.atLeast(what + ": values", 1, values.length);
    for (double[] other : series.values()) {
      Checks.equal(what + ": values", other.length, values.length);
    }
    for (int i = 0; i < values.length; i++) {
      check(what + ", value " + (i + 1), values[i]);
    }
    if (series.putIfAbsent(name, values.clone()) != null) {
      throw new IllegalArgumentException(what + ": expected a new name, got one already drawn");
    }
    return this;
  }

  private void check(String what, double value) {
    if (!(Math.abs(value) < 1e300)) {
      throw new IllegalArgumentException(
          "%s: expected a finite number below 1e300, got %s".formatted(what, value));
    }
    if (scale == Scale.LOG && value < ChartAxis.TINY) {
      throw new IllegalArgumentException(
          "%s: expected a number above 0 on a logarithmic axis, got %s; use a linear axis"
              .formatted(what, value));
    }
  }

  /**
   * The chart as one {@code <svg>} element, with one {@code <polyline>} per series.
   *
   * @throws IllegalArgumentException if no series was added
   */
  public String toSvg() {
    Checks.atLeast("line chart: series", 1, series.size());
    List<double[]> lines = new ArrayList<>(series.values());
    ChartLegend legend = new ChartLegend(List.copyOf(series.keySet()), LEFT, RIGHT);
    int top = legend.height() + 12;
    ChartAxis axis = axis(lines);
    StringBuilder svg = new StringBuilder(open());
    svg.append(legend.toSvg());
    appendYAxis(svg, axis, top);
    appendXAxis(svg, lines.get(0).length, top);
    for (int i = 0; i < lines.size(); i++) {
      appendLine(svg, lines.get(i), axis, top, i);
    }
    return svg.append("</svg>").toString();
  }

  private String open() {
    String label = yLabel + " over " + xLabel + ": " + String.join(", ", series.keySet());
    return Markup.fill(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"12\""
            + " fill=\"currentColor\">\n",
        WIDTH, HEIGHT, Markup.escape(label));
  }

  private ChartAxis axis(List<double[]> lines) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double[] line : lines) {
      for (double value : line) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new ChartAxis(min, max, scale == Scale.LOG);
  }

  private void appendYAxis(StringBuilder svg, ChartAxis axis, int top) {
    List<Double> ticks = axis.ticks();
    List<String> labels = axis.labels();
    for (int i = 0; i < ticks.size(); i++) {
      String y = Markup.number(y(axis, ticks.get(i), top));
      svg.append(
          Markup.fill(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"currentColor\""
                  + " stroke-opacity=\"0.2\"/><text x=\"%d\" y=\"%s\" dy=\"4\""
                  + " text-anchor=\"end\">%s</text>\n",
              LEFT, RIGHT, y, y, LEFT - 6, y, labels.get(i)));
    }
    String unit = yLabel + (scale == Scale.LOG ? " (logarithmic)" : "");
    int middle = (top + BOTTOM) / 2;
    svg.append(
        Markup.fill(
            "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
            middle, Markup.escape(unit)));
  }

  private void appendXAxis(StringBuilder svg, int points, int top) {
    svg.append(
        Markup.fill(
            "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"currentColor\"/>\n",
            LEFT, top, BOTTOM, RIGHT));
    int stride = (points + 9) / 10;
    for (int i = 0; i < points; i += stride) {
      String x = Markup.number(x(i, points));
      svg.append(
          Markup.fill(
              "<path d=\"M%s %dv5\" stroke=\"currentColor\"/><text x=\"%s\" y=\"%d\""
                  + " text-anchor=\"middle\">%d</text>\n",
              x, BOTTOM, x, BOTTOM + 18, i + 1));
    }
    svg.append(
        Markup.fill(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            (LEFT + RIGHT) / 2, HEIGHT - 10, Markup.escape(xLabel)));
  }

  private static void appendLine(
      StringBuilder svg, double[] line, ChartAxis axis, int top, int index) {
    StringBuilder points = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < line.length; i++) {
      String x = Markup.number(x(i, line.length));
      String y = Markup.number(y(axis, line[i], top));
      points.append(i == 0 ? "" : " ").append(x).append(',').append(y);
      dots.append(Markup.fill("<circle cx=\"%s\" cy=\"%s\" r=\"2.5\"/>", x, y));
    }
    svg.append(
        Markup.fill(
            "<polyline fill=\"none\" stroke-width=\"2\" %s points=\"%s\"/>\n",
            ChartLegend.stroke(index), points));
    // A line of one point is invisible without its dot; many dots would hide the dashes.
    if (line.length <= MAX_DOTS) {
      svg.append(Markup.fill("<g fill=\"%s\">%s</g>\n", ChartLegend.colour(index), dots));
    }
  }

  private static double x(int i, int points) {
    return points == 1 ? (LEFT + RIGHT) / 2.0 : LEFT + (RIGHT - LEFT) * (double) i / (points - 1);
  }

  private static double y(ChartAxis axis, double value, int top) {
    return BOTTOM - (BOTTOM - top) * axis.position(value);
  }
}
