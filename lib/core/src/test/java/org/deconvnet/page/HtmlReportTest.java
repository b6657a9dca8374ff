package org.deconvnet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class HtmlReportTest {
  private static final String EVIL = "</title><script>alert('x')</script>\" onload=\"&\u0000";
  private static final String READ = EVIL.replace('\u0000', '\uFFFD');

  private static HtmlReport everythingNamed(String text) {
    BufferedImage picture = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
    ConfusionMatrixChart matrix = new ConfusionMatrixChart(new int[][] {{1}}, List.of(text));
    return new HtmlReport(text)
        .keyFigure(text, text)
        .made(Map.of(text, text))
        .command(text)
        .heading(text)
        .subheading(text)
        .details(text, List.of(text), List.of(List.of(text)))
        .bars(List.of(new Bar(text, 1, text, Bar.Kind.LITERATURE)), text)
        .tiles(List.of(new Tile(picture, text, List.of(text))), text)
        .svg(new HistogramChart(text, text, 1, 2).toSvg(), text)
        .paragraph(text)
        .lines(text)
        .facts(Map.of(text, text))
        .table(List.of(text), List.of(List.of(text)))
        .picture(picture, text)
        .sheet(picture, List.of(text, text), text)
        .confusionMatrix(matrix, text)
        .svg(new LineChart(text, text, LineChart.Scale.LINEAR).series(text, 1).toSvg(), text);
  }

  @Test
  void everyTextIsEscapedEverywhere() {
    String html = everythingNamed(EVIL).toHtml();
    Document page = Xml.parse(html);

    assertThat(html).containsOnlyOnce("<script").doesNotContain("onload=\"");
    assertThat(Xml.text(page, "script", 0)).isEqualTo(ReportScript.CODE);
    for (String tag :
        List.of(
            "title",
            "h1",
            "strong",
            "code",
            "h2",
            "h3",
            "summary",
            "pre",
            "dt",
            "dd",
            "th",
            "td",
            "figcaption")) {
      assertThat(Xml.text(page, tag, 0)).as(tag).isEqualTo(READ);
    }
    assertThat(Xml.attribute(page, "img", 0, "alt")).isEqualTo(READ);
    assertThat(html).doesNotContain(EVIL);
  }

  /** The policy lets no other script run, even one that slipped past the escaping. */
  @Test
  void onlyTheScriptThatThePolicyNamesRuns() throws NoSuchAlgorithmException {
    Document page = Xml.parse(everythingNamed("a").toHtml());
    byte[] script = Xml.text(page, "script", 0).getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(script));

    assertThat(Xml.attribute(page, "meta", 1, "content"))
        .startsWith("default-src 'none'")
        .endsWith("script-src 'sha256-" + hash + "'");
  }

  @Test
  void theHeaderIsOnTopWheneverItWasGiven() {
    String html =
        new HtmlReport("t")
            .heading("first")
            .keyFigure("97.0 %", "accuracy")
            .made(Map.of("made on", "1 May 2026"))
            .command("./deconvnet quickstart")
            .toHtml();

    assertThat(html)
        .containsSubsequence(
            "<h1>t</h1>",
            "<strong>97.0 %</strong> <span>accuracy</span>",
            "<span>made on</span> 1 May 2026",
            "<code id=\"command\">./deconvnet quickstart</code>",
            "data-copies=\"command\"",
            "</header>",
            "first</h2>");
  }

  @Test
  void aHeaderThatNothingWasGivenForIsATitleAlone() {
    assertThat(new HtmlReport("t").toHtml())
        .contains("<header>\n<h1>t</h1>\n</header>")
        .doesNotContain("<nav", "<button");
  }

  @Test
  void manySectionsAreListedAtTheTop() {
    HtmlReport report = new HtmlReport("t").heading("a").heading("b").heading("c");
    assertThat(report.toHtml()).doesNotContain("<nav");
    Document page = Xml.parse(report.heading("<d>").toHtml());

    assertThat(Xml.count(page, "a")).isEqualTo(4);
    assertThat(Xml.attribute(page, "a", 3, "href"))
        .isEqualTo("#" + Xml.attribute(page, "h2", 3, "id"));
    assertThat(Xml.text(page, "a", 3)).isEqualTo("<d>");
  }

  @Test
  void barsBeginAtZeroAndSayWhoseTheyAre() {
    String html =
        new HtmlReport("r")
            .bars(
                List.of(
                    new Bar("ours", 0.8, "80 %", Bar.Kind.OURS),
                    new Bar("theirs", 0.6, "60 %", Bar.Kind.LITERATURE)),
                "c")
            .bars(List.of(new Bar("nothing", 0, "0", Bar.Kind.REFERENCE)), "c")
            .toHtml();

    assertThat(html)
        .contains("width:100.00%", "width:75.00%", "width:0.00%")
        .containsOnlyOnce("<em>literature</em>")
        .contains("theirs <em>literature</em>");
    assertThatThrownBy(() -> new Bar("b", Double.NaN, "", Bar.Kind.OURS))
        .hasMessage("report bar 'b': expected a finite length of at least 0, got NaN");
    assertThatThrownBy(() -> new Bar("b", -1, "", Bar.Kind.OURS)).hasMessageContaining("got -1.0");
  }

  @Test
  void pageDeclaresLanguageAndCharsetAndNamesNoOtherPlace() {
    String html = everythingNamed("a").toHtml();
    Document page = Xml.parse(html);

    assertThat(html).startsWith("<!DOCTYPE html>");
    assertThat(Xml.attribute(page, "html", 0, "lang")).isEqualTo("en");
    assertThat(Xml.attribute(page, "meta", 0, "charset")).isEqualTo("utf-8");
    assertThat(Xml.count(page, "link") + Xml.count(page, "iframe")).isZero();
    assertThat(html).doesNotContain("<script ", " src=\"/");
    assertThat(html.replaceAll("xmlns=\"[^\"]*\"", "")).doesNotContain("http:", "https:", "url(");
  }

  @Test
  void picturesAreEmbeddedWhole() throws IOException {
    BufferedImage picture = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(1, 2, 0x123456);
    Document page = Xml.parse(new HtmlReport("r").picture(picture, "c").toHtml());
    String source = Xml.attribute(page, "img", 0, "src");

    assertThat(source).startsWith("data:image/png;base64,");
    byte[] png = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(read.getHeight()).isEqualTo(3);
    assertThat(read.getRGB(1, 2) & 0xFFFFFF).isEqualTo(0x123456);
  }

  @Test
  void sameCallsGiveTheSameText() {
    assertThat(everythingNamed("a").toHtml()).isEqualTo(everythingNamed("a").toHtml());
  }

  @Test
  void partsKeepTheOrderOfTheCalls() {
    String html = new HtmlReport("t").paragraph("one").heading("two").paragraph("three").toHtml();

    assertThat(html).containsSubsequence("<p>one</p>", ">two</h2>", "<p>three</p>");
  }

  /** A browser is no part of the tests; these are the rules that a phone's screen asks for. */
  @Test
  void whatIsWideScrollsInItsOwnBoxAndBreaksNoWords() {
    String html = everythingNamed("a").toHtml();

    for (String wide : List.of("<table>", "<pre>", "<div class=\"sheet\"", "<svg[^>]*matrix")) {
      String box = "<div class=\"scroll\" tabindex=\"0\"[^>]*>";
      assertThat(html.split(wide, -1).length - 1)
          .as(wide)
          .isEqualTo(html.split(box + wide, -1).length - 1)
          .isPositive();
    }
    assertThat(html).contains("style=\"width:2px;--least:10rem\"");
    assertThat(rule("th, td")).contains("max-width: 24rem", "overflow-wrap: break-word");
    assertThat(rule("table")).contains("width: max-content");
    assertThat(rule(".scroll")).contains("overflow-x: auto");
    assertThat(rule("@media (max-width: 40rem)")).contains("max-width: max(44vw, 12rem)");
    // "anywhere" lets a table squeeze a column to one letter.
    assertThat(ReportStyle.CSS).doesNotContainPattern("t[dh][^{}]*\\{[^}]*anywhere");
  }

  private static String rule(String selector) {
    int start = ReportStyle.CSS.indexOf("\n" + selector + " {");
    assertThat(start).as(selector).isNotNegative();
    return ReportStyle.CSS.substring(start, ReportStyle.CSS.indexOf('}', start));
  }

  @Test
  void confusionMatrixOfManyClassesIsAPicture() {
    assertThat(Xml.count(matrixOf(300), "img")).isZero();
    Document page = matrixOf(301);

    assertThat(Xml.count(page, "svg")).isZero();
    assertThat(Xml.attribute(page, "img", 0, "width")).isEqualTo("602");
  }

  private static Document matrixOf(int classes) {
    ConfusionMatrixChart chart =
        new ConfusionMatrixChart(new int[classes][classes], Collections.nCopies(classes, "c"));
    return Xml.parse(new HtmlReport("r").confusionMatrix(chart, "c").toHtml());
  }

  @Test
  void refusesRaggedTablesForeignChartsAndEmptyParts() {
    HtmlReport report = new HtmlReport("r");
    assertThatThrownBy(() -> report.table(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("report table: cells of row 0: expected 2, got 1");
    assertThatThrownBy(() -> report.svg("<p>no</p>", "losses"))
        .hasMessage("report chart 'losses': expected one <svg> element, got '<p>no</p>'");
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> report.sheet(picture, List.of(), "c"))
        .hasMessageContaining("column captions");
    assertThatThrownBy(() -> report.bars(List.of(), "c")).hasMessageContaining("report bars");
    assertThatThrownBy(() -> report.tiles(List.of(), "c")).hasMessageContaining("report tiles");
  }
}
