package org.deconvnet.page;

import java.util.List;

/** Names and strokes of a chart's series, wrapped into rows above the chart. */
final class ChartLegend {
  /** After Okabe and Ito: distinct for the common kinds of colour blindness. */
  private static final List<String> COLOURS =
      List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9");

  private static final List<String> DASHES = List.of("none", "7 4", "2 3", "9 3 2 3");
  private static final int ROW = 20;
  private static final int SWATCH = 30;
  private static final int MAX_LABEL = 40;

  private final int left;
  private final StringBuilder svg = new StringBuilder();
  private int x;
  private int row;

  ChartLegend(List<String> names, int left, int right) {
    this.left = left;
    this.x = left;
    for (int i = 0; i < names.size(); i++) {
      append(names.get(i), i, right);
    }
  }

  private void append(String name, int index, int right) {
    String label = Markup.shorten(name, MAX_LABEL);
    int width = SWATCH + 8 * label.length() + 16;
    if (x > left && x + width > right) {
      x = left;
      row++;
    }
    int y = 14 + row * ROW;
    svg.append(
        Markup.fill(
            "<path d=\"M%d %dh24\" stroke-width=\"2\" %s/><text x=\"%d\" y=\"%d\">%s</text>\n",
            x, y - 4, stroke(index), x + SWATCH, y, Markup.escape(label)));
    x += width;
  }

  /** Pixels that the legend takes from the top of the chart. */
  int height() {
    return ROW * (row + 1);
  }

  String toSvg() {
    return svg.toString();
  }

  static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  static String stroke(int index) {
    String dash = DASHES.get(index % DASHES.size());
    return "stroke=\"%s\" stroke-dasharray=\"%s\"".formatted(colour(index), dash);
  }
}
