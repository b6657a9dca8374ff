package org.deconvnet.page;

import java.util.stream.IntStream;
import org.deconvnet.words.Count;

/** Draws a confusion matrix as SVG. */
final class ConfusionMatrixSvg {
  private static final int MAX_NUMBERED = 25;
  private static final int MAX_NAMED = 60;
  private static final int MAX_LABEL = 18;

  /** Side of a matrix without numbers, about: its cells are as large as this allows. */
  private static final int SIDE = 600;

  /** From this shade on white text is easier to read on blue than black text. */
  private static final double DARK = 0.93;

  private final ConfusionMatrixChart chart;
  private final int classes;
  private final boolean numbered;
  private final boolean named;
  private final int cell;
  private final int margin;

  ConfusionMatrixSvg(ConfusionMatrixChart chart) {
    this.chart = chart;
    this.classes = chart.classes();
    this.numbered = classes <= MAX_NUMBERED;
    this.named = classes <= MAX_NAMED;
    this.cell =
        numbered ? Math.max(30, 8 * digits() + 8) : Math.max(named ? 14 : 3, SIDE / classes);
    this.margin = 30 + (named ? 7 * longestLabel() : 0);
  }

  private int digits() {
    int largest =
        IntStream.range(0, classes * classes)
            .map(i -> chart.count(i / classes, i % classes))
            .max()
            .orElse(0);
    return Integer.toString(largest).length();
  }

  private int longestLabel() {
    return IntStream.range(0, classes).map(i -> label(i).length()).max().orElse(0);
  }

  private String label(int index) {
    return Markup.shorten(chart.label(index), MAX_LABEL);
  }

  String draw() {
    // A matrix of few classes would have no room for the words "truth" and "predicted".
    int side = margin + Math.max(classes * cell, 74) + 4;
    StringBuilder svg = new StringBuilder();
    svg.append(
        Markup.fill(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"%s style=\"width:%dpx\""
                + " role=\"img\" aria-label=\"Confusion matrix of %s\""
                + " font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">\n",
            side, side, numbered ? "" : " class=\"plain\"", side, Count.of(classes, "class")));
    appendAxisNames(svg);
    appendFrame(svg);
    for (int i = 0; i < classes; i++) {
      appendLabels(svg, i);
      for (int j = 0; j < classes; j++) {
        appendCell(svg, i, j);
      }
    }
    return svg.append("</svg>").toString();
  }

  private void appendAxisNames(StringBuilder svg) {
    svg.append(
        Markup.fill(
            "<text x=\"%d\" y=\"14\" font-weight=\"bold\">predicted</text>"
                + "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"end\""
                + " font-weight=\"bold\">truth</text>\n",
            margin, margin));
  }

  /** Lines between cells, and one around all. */
  private void appendFrame(StringBuilder svg) {
    int side = classes * cell;
    StringBuilder lines = new StringBuilder();
    int step = named ? 1 : classes;
    for (int i = 0; i <= classes; i += step) {
      int at = margin + i * cell;
      lines.append(Markup.fill("M%d %dh%dM%d %dv%d", margin, at, side, at, margin, side));
    }
    svg.append(
        Markup.fill(
            "<path d=\"%s\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.2\"/>\n",
            lines));
  }

  private void appendLabels(StringBuilder svg, int index) {
    if (!named) {
      return;
    }
    int middle = margin + index * cell + cell / 2 + 4;
    String text = Markup.escape(label(index));
    String full = Markup.escape(chart.label(index));
    svg.append(
        Markup.fill(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s<title>%s</title></text>"
                + "<text transform=\"translate(%d %d) rotate(-90)\">%s<title>%s</title></text>\n",
            margin - 6, middle, text, full, middle, margin - 6, text, full));
  }

  /** An empty cell is drawn where cells are large enough to be asked about one by one. */
  private void appendCell(StringBuilder svg, int truth, int predicted) {
    if (!numbered && chart.count(truth, predicted) == 0) {
      return;
    }
    int x = margin + predicted * cell;
    int y = margin + truth * cell;
    svg.append(
        Markup.fill(
            "<g><title>%s taken for %s: %d (%s)</title><rect x=\"%d\" y=\"%d\" width=\"%d\""
                + " height=\"%d\" fill=\"#0072B2\" fill-opacity=\"%.3f\"/>",
            Markup.escape(chart.label(truth)),
            Markup.escape(chart.label(predicted)),
            chart.count(truth, predicted),
            chart.percent(truth, predicted),
            x,
            y,
            cell,
            cell,
            chart.shade(truth, predicted)));
    if (numbered && chart.count(truth, predicted) > 0) {
      appendNumber(svg, truth, predicted, x + cell / 2, y + cell / 2 + 4);
    }
    svg.append("</g>\n");
  }

  private void appendNumber(StringBuilder svg, int truth, int predicted, int x, int y) {
    boolean dark = chart.shade(truth, predicted) >= DARK;
    svg.append(
        Markup.fill(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" %s>%d</text>",
            x, y, dark ? "fill=\"#ffffff\"" : "class=\"count\"", chart.count(truth, predicted)));
  }
}
