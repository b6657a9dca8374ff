package org.deconvnet.page;

import java.util.List;

/** Draws checked series: the axes, then one line after the other. */
final class LineChartSvg {
  /** Letters stay readable where a phone shrinks a chart to 320 pixels. */
  static final int WIDTH = 480;

  static final int HEIGHT = 320;
  static final int LEFT = 76;
  static final int RIGHT = 464;
  static final int BOTTOM = 262;
  private static final int MAX_DOTS = 40;

  private final String xLabel;
  private final String yLabel;
  private final ChartAxis axis;
  private final List<String> names;
  private final ChartLegend legend;
  private final int top;

  LineChartSvg(String xLabel, String yLabel, ChartAxis axis, List<String> names) {
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.axis = axis;
    this.names = names;
    this.legend = new ChartLegend(names, LEFT, RIGHT);
    this.top = legend.height() + 12;
  }

  /** One array per name, all of the same length. */
  String draw(List<double[]> lines) {
    StringBuilder svg = new StringBuilder(open());
    svg.append(legend.toSvg());
    appendYAxis(svg);
    appendXAxis(svg, lines.get(0).length);
    for (int i = 0; i < lines.size(); i++) {
      appendLine(svg, lines.get(i), i);
    }
    return svg.append("</svg>").toString();
  }

  private String open() {
    String label = yLabel + " over " + xLabel + ": " + String.join(", ", names);
    return Markup.fill(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"14\""
            + " fill=\"currentColor\">\n",
        WIDTH, HEIGHT, Markup.escape(label));
  }

  private void appendYAxis(StringBuilder svg) {
    List<Double> ticks = axis.ticks();
    List<String> labels = axis.labels();
    for (int i = 0; i < ticks.size(); i++) {
      String y = Markup.number(y(ticks.get(i)));
      svg.append(
          Markup.fill(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"currentColor\""
                  + " stroke-opacity=\"0.2\"/><text x=\"%d\" y=\"%s\" dy=\"5\""
                  + " text-anchor=\"end\">%s</text>\n",
              LEFT, RIGHT, y, y, LEFT - 6, y, labels.get(i)));
    }
    int middle = (top + BOTTOM) / 2;
    svg.append(
        Markup.fill(
            "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
            middle, Markup.escape(yLabel)));
  }

  private void appendXAxis(StringBuilder svg, int points) {
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
              x, BOTTOM, x, BOTTOM + 20, i + 1));
    }
    svg.append(
        Markup.fill(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            (LEFT + RIGHT) / 2, HEIGHT - 10, Markup.escape(xLabel)));
  }

  private void appendLine(StringBuilder svg, double[] line, int index) {
    StringBuilder points = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < line.length; i++) {
      String x = Markup.number(x(i, line.length));
      String y = Markup.number(y(line[i]));
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

  private double y(double value) {
    return BOTTOM - (BOTTOM - top) * axis.position(value);
  }
}
