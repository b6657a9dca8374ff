package org.deconvnet.page;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.deconvnet.tensor.Checks;
import org.deconvnet.view.PngWriter;
import org.deconvnet.view.ReconstructionSheet;

/**
 * One HTML page that needs no other file and no network. It is well-formed XML too. What the header
 * shows may be given at any time; all other parts appear in the order of the calls. All text is
 * escaped: class names are folder names of somebody's data and may hold anything. Not thread-safe.
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
      content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '%s'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>%s</title>
      <style>
      %s</style>
      </head>
      <body>
      <main>
      """;

  private static final String FOOT =
      """
      </main>
      <script>%s</script>
      </body>
      </html>
      """;

  /** From so many sections on, a page lists them at its top. */
  private static final int LISTED = 4;

  /** Rem that a caption above a column of a picture needs for a word. */
  private static final int COLUMN = 5;

  private final String title;
  private final PageHeader header;
  private final List<String> sections = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  public HtmlReport(String title) {
    this.title = title;
    this.header = new PageHeader(title);
  }

  /**
   * The one number that a reader should remember, large.
   *
   * @param figure short, with its unit
   * @param says what it is
   */
  public HtmlReport keyFigure(String figure, String says) {
    header.keyFigure(figure, says);
    return this;
  }

  /** When and by what the page was made, as names and short values, below the title. */
  public HtmlReport made(Map<String, String> facts) {
    header.made(facts);
    return this;
  }

  /** The command that makes the page again, to be copied. */
  public HtmlReport command(String command) {
    header.command(command);
    return this;
  }

  public HtmlReport paragraph(String text) {
    return element("p", text);
  }

  /** Text with its own lines, as in a file; long lines scroll. */
  public HtmlReport lines(String text) {
    body.append(scroll("text"));
    element("pre", text);
    body.append("</div>\n");
    return this;
  }

  /** Starts a section. */
  public HtmlReport heading(String text) {
    sections.add(text);
    body.append(Markup.fill("<h2 id=\"part%d\">%s</h2>\n", sections.size(), Markup.escape(text)));
    return this;
  }

  /** Starts a part of a section. */
  public HtmlReport subheading(String text) {
    return element("h3", text);
  }

  /** Names and values as a list, in the map's order. */
  public HtmlReport facts(Map<String, String> facts) {
    body.append("<dl>\n");
    facts.forEach(
        (name, value) -> {
          body.append("<div>");
          element("dt", name).element("dd", value);
          body.append("</div>\n");
        });
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
    body.append(scroll("table")).append("<table>\n<thead>");
    row("th scope=\"col\"", headers);
    body.append("</thead>\n<tbody>\n");
    rows.forEach(cells -> row("td", cells));
    body.append("</tbody>\n</table></div>\n");
    return this;
  }

  /** A table that is closed until its reader asks for it. */
  public HtmlReport details(String summary, List<String> headers, List<List<String>> rows) {
    body.append(Markup.fill("<details><summary>%s</summary>\n", Markup.escape(summary)));
    table(headers, rows);
    body.append("</details>\n");
    return this;
  }

  /**
   * Numbers of one unit, as bars that begin at zero.
   *
   * @param bars from above down, at least one
   */
  public HtmlReport bars(List<Bar> bars, String caption) {
    Checks.atLeast("report bars", 1, bars.size());
    double longest = bars.stream().mapToDouble(Bar::value).max().orElseThrow();
    StringBuilder table = new StringBuilder("<table class=\"bars\">\n");
    bars.forEach(bar -> table.append(bar.toHtml(longest)));
    return figure(table.append("</table>").toString(), caption);
  }

  /**
   * Small pictures of one kind, as many in a row as the screen has room for.
   *
   * @param tiles at least one
   */
  public HtmlReport tiles(List<Tile> tiles, String caption) {
    return tiles("tiles", tiles, caption);
  }

  /** As {@link #tiles}, for photographs: all get the same square. */
  public HtmlReport photographs(List<Tile> tiles, String caption) {
    return tiles("tiles photos", tiles, caption);
  }

  /** As {@link #tiles}, for a legend: small squares of colours. */
  public HtmlReport swatches(List<Tile> tiles, String caption) {
    return tiles("tiles swatches", tiles, caption);
  }

  private HtmlReport tiles(String kind, List<Tile> tiles, String caption) {
    Checks.atLeast("report tiles", 1, tiles.size());
    StringBuilder list = new StringBuilder(Markup.fill("<ul class=\"%s\">\n", kind));
    tiles.forEach(tile -> list.append(tile.toHtml()));
    return figure(list.append("</ul>").toString(), caption);
  }

  /** A picture, embedded as PNG; the caption also stands for it where it cannot be seen. */
  public HtmlReport picture(BufferedImage picture, String caption) {
    return figure(image(picture, caption), caption);
  }

  /** As above, with parts that lead to other pages. */
  public HtmlReport picture(BufferedImage picture, List<Area> areas, String caption) {
    StringBuilder content =
        new StringBuilder("<div class=\"areas\">").append(image(picture, caption));
    areas.forEach(area -> content.append(area.toHtml(picture)));
    return figure(content.append("</div>").toString(), caption);
  }

  /**
   * A line that leads to another page.
   *
   * @param page relative address, without characters that addresses escape
   */
  public HtmlReport link(String page, String text) {
    body.append(
        Markup.fill("<p><a href=\"%s\">%s</a></p>\n", Markup.escape(page), Markup.escape(text)));
    return this;
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
            scroll("pictures")
                + "<div class=\"sheet\" style=\"width:%dpx;--least:%drem\">"
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
   * A chart of this package. It is written as it is, so it must not come from anywhere else. Charts
   * that follow each other stand side by side where the screen is wide enough.
   *
   * @throws IllegalArgumentException if it is not one {@code <svg>} element
   */
  public HtmlReport svg(String svg, String caption) {
    return figure(" class=\"chart\"", checked(svg, caption), caption);
  }

  private static String checked(String svg, String caption) {
    if (!svg.startsWith("<svg ") || !svg.endsWith("</svg>")) {
      throw new IllegalArgumentException(
          "report chart '%s': expected one <svg> element, got '%s'"
              .formatted(caption, Markup.shorten(svg, 60)));
    }
    return svg;
  }

  /**
   * A confusion matrix: a chart that names what lies under the pointer, or a picture where there
   * are too many classes.
   */
  public HtmlReport confusionMatrix(ConfusionMatrixChart chart, String caption) {
    if (chart.classes() > ConfusionMatrixChart.MAX_SVG_CLASSES) {
      return picture(chart.toPicture(2), caption);
    }
    return figure(
        " class=\"matrix\"",
        scroll("matrix")
            + checked(chart.toSvg(), caption)
            + "</div><output>Point at a cell: its classes and count stand here.</output>",
        caption);
  }

  /** The page, to be written as UTF-8. The same calls give the same text. */
  public String toHtml() {
    return Markup.fill(HEAD, ReportScript.hash(), Markup.escape(title), ReportStyle.CSS)
        + header.toHtml()
        + contents()
        + body
        + Markup.fill(FOOT, ReportScript.CODE);
  }

  private String contents() {
    if (sections.size() < LISTED) {
      return "";
    }
    StringBuilder list = new StringBuilder("<nav aria-label=\"Sections\">");
    for (int i = 0; i < sections.size(); i++) {
      list.append(
          Markup.fill("<a href=\"#part%d\">%s</a> ", i + 1, Markup.escape(sections.get(i))));
    }
    return list.append("</nav>\n").toString();
  }

  /** A box that scrolls by itself, by the keyboard too. */
  private static String scroll(String what) {
    return Markup.fill(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s, scrolls\">", what);
  }

  private HtmlReport element(String tag, String text) {
    body.append(Markup.fill("<%s>%s</%s>\n", tag, Markup.escape(text), tag));
    return this;
  }

  private void row(String tag, List<String> cells) {
    body.append("<tr>");
    String end = tag.substring(0, 2);
    cells.forEach(c -> body.append(Markup.fill("<%s>%s</%s>", tag, Markup.escape(c), end)));
    body.append("</tr>\n");
  }

  private HtmlReport figure(String content, String caption) {
    return figure("", content, caption);
  }

  private HtmlReport figure(String attributes, String content, String caption) {
    body.append(
        Markup.fill(
            "<figure%s>%s<figcaption>%s</figcaption></figure>\n",
            attributes, content, Markup.escape(caption)));
    return this;
  }

  static String image(BufferedImage picture, String alt) {
    return Markup.fill(
        "<img width=\"%d\" height=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\"/>",
        picture.getWidth(),
        picture.getHeight(),
        Markup.escape(alt),
        Base64.getEncoder().encodeToString(PngWriter.encode(picture)));
  }
}
