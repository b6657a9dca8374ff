package org.deconvnet.page;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.deconvnet.tensor.Checks;
import org.deconvnet.view.PngWriter;
import org.deconvnet.view.ReconstructionSheet;

/**
 * One HTML page that needs no other file, no network and no script. It is well-formed XML too.
 * Parts appear in the order of the calls. All text is escaped: class names are folder names of
 * somebody's data and may hold anything. Not thread-safe.
 */
public final class HtmlReport {
  // The policy holds even if a piece of text should slip past the escaping one day.
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
      <head>
      <meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>%s</title>
      <style>
      %s</style>
      </head>
      <body>
      <main>
      <h1>%s</h1>
      """;

  /** Rem that a caption above a column of a picture needs for a word. */
  private static final int COLUMN = 5;

  private final String title;
  private final StringBuilder body = new StringBuilder();

  public HtmlReport(String title) {
    this.title = title;
  }

  public HtmlReport paragraph(String text) {
    return element("p", text);
  }

  /** Text with its own lines, as in a file; long lines scroll. */
  public HtmlReport lines(String text) {
    body.append("<div class=\"scroll\">");
    element("pre", text);
    body.append("</div>\n");
    return this;
  }

  /** Starts a section. */
  public HtmlReport heading(String text) {
    return element("h2", text);
  }

  /** Names and values as a list, in the map's order. */
  public HtmlReport facts(Map<String, String> facts) {
    body.append("<dl>\n");
    facts.forEach((name, value) -> element("dt", name).element("dd", value));
    body.append("</dl>\n");
    return this;
  }

  /**
   * A table; on a narrow screen it scrolls by itself.
   *
   * @throws IllegalArgumentException if a row has more or fewer cells than there are headers
   */
  public HtmlReport table(List<String> headers, List<List<String>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      Checks.equal("report table: cells of row " + i, headers.size(), rows.get(i).size());
    }
    body.append("<div class=\"scroll\"><table>\n<thead>");
    row("th", headers);
    body.append("</thead>\n<tbody>\n");
    rows.forEach(cells -> row("td", cells));
    body.append("</tbody>\n</table></div>\n");
    return this;
  }

  /** A picture, embedded as PNG; the caption also stands for it where it cannot be seen. */
  public HtmlReport picture(BufferedImage picture, String caption) {
    return figure(image(picture, caption), caption);
  }

  /**
   * A picture of equally wide columns, such as a {@link ReconstructionSheet}, with their captions
   * above it; on a narrow screen it scrolls by itself.
   *
   * @param columns one caption per column of the picture, at least one
   */
  public HtmlReport sheet(BufferedImage picture, List<String> columns, String caption) {
    Checks.atLeast("report sheet: column captions", 1, columns.size());
    StringBuilder heads = new StringBuilder();
    columns.forEach(c -> heads.append("<span>").append(Markup.escape(c)).append("</span>"));
    return figure(
        Markup.fill(
            "<div class=\"scroll\"><div class=\"sheet\" style=\"width:%dpx;--least:%drem\">"
                + "<div class=\"columns\""
                + " style=\"grid-template-columns:repeat(%d,minmax(0,1fr))\">%s</div>%s</div></div>",
            picture.getWidth(),
            COLUMN * columns.size(),
            columns.size(),
            heads,
            image(picture, caption)),
        caption);
  }

  /**
   * A chart of this package. It is written as it is, so it must not come from anywhere else.
   *
   * @throws IllegalArgumentException if it is not one {@code <svg>} element
   */
  public HtmlReport svg(String svg, String caption) {
    if (!svg.startsWith("<svg ") || !svg.endsWith("</svg>")) {
      throw new IllegalArgumentException(
          "report chart '%s': expected one <svg> element, got '%s'"
              .formatted(caption, Markup.shorten(svg, 60)));
    }
    return figure(svg, caption);
  }

  /** A confusion matrix: a chart with names, or a picture where there are too many classes. */
  public HtmlReport confusionMatrix(ConfusionMatrixChart chart, String caption) {
    return chart.classes() > ConfusionMatrixChart.MAX_SVG_CLASSES
        ? picture(chart.toPicture(5), caption)
        : svg(chart.toSvg(), caption);
  }

  /** The page, to be written as UTF-8. The same calls give the same text. */
  public String toHtml() {
    String name = Markup.escape(title);
    return Markup.fill(HEAD, name, ReportStyle.CSS, name) + body + "</main>\n</body>\n</html>\n";
  }

  private HtmlReport element(String tag, String text) {
    body.append(Markup.fill("<%s>%s</%s>\n", tag, Markup.escape(text), tag));
    return this;
  }

  private void row(String tag, List<String> cells) {
    body.append("<tr>");
    cells.forEach(c -> body.append(Markup.fill("<%s>%s</%s>", tag, Markup.escape(c), tag)));
    body.append("</tr>\n");
  }

  private HtmlReport figure(String content, String caption) {
    body.append(
        Markup.fill(
            "<figure>%s<figcaption>%s</figcaption></figure>\n", content, Markup.escape(caption)));
    return this;
  }

  private static String image(BufferedImage picture, String alt) {
    return Markup.fill(
        "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\"/>",
        picture.getWidth(),
        picture.getHeight(),
        Markup.escape(alt),
        Base64.getEncoder().encodeToString(PngWriter.encode(picture)));
  }
}
