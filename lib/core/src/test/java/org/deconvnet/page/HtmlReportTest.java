package org.deconvnet.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
        .heading(text)
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

    assertThat(html).doesNotContain("<script").doesNotContain("onload=\"");
    for (String tag :
        List.of("title", "h1", "h2", "p", "pre", "dt", "dd", "th", "td", "figcaption")) {
      assertThat(Xml.text(page, tag, 0)).as(tag).isEqualTo(READ);
    }
    assertThat(Xml.text(page, "span", 1)).isEqualTo(READ);
    assertThat(Xml.attribute(page, "img", 0, "alt")).isEqualTo(READ);
  }

  @Test
  void pageDeclaresLanguageAndCharsetAndNamesNoOtherPlace() {
    String html = everythingNamed("a").toHtml();
    Document page = Xml.parse(html);

    assertThat(html).startsWith("<!DOCTYPE html>");
    assertThat(Xml.attribute(page, "html", 0, "lang")).isEqualTo("en");
    assertThat(Xml.attribute(page, "meta", 0, "charset")).isEqualTo("utf-8");
    assertThat(Xml.count(page, "link") + Xml.count(page, "script")).isZero();
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

    assertThat(html).containsSubsequence("<p>one</p>", "<h2>two</h2>", "<p>three</p>");
  }

  /** A browser is no part of the tests; these are the rules that a phone's screen asks for. */
  @Test
  void whatIsWideScrollsInItsOwnBoxAndBreaksNoWords() {
    String html = everythingNamed("a").toHtml();

    for (String wide : List.of("<table>", "<pre>", "<div class=\"sheet\"")) {
      assertThat(html.split(wide, -1).length - 1)
          .as(wide)
          .isEqualTo(html.split("<div class=\"scroll\">" + wide, -1).length - 1)
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
    ConfusionMatrixChart many =
        new ConfusionMatrixChart(new int[101][101], Collections.nCopies(101, "c"));
    Document page = Xml.parse(new HtmlReport("r").confusionMatrix(many, "c").toHtml());

    assertThat(Xml.count(page, "svg")).isZero();
    assertThat(Xml.attribute(page, "img", 0, "width")).isEqualTo("505");
  }

  @Test
  void refusesRaggedTablesForeignChartsAndSheetsWithoutColumns() {
    HtmlReport report = new HtmlReport("r");
    assertThatThrownBy(() -> report.table(List.of("a", "b"), List.of(List.of("1"))))
        .hasMessage("report table: cells of row 0: expected 2, got 1");
    assertThatThrownBy(() -> report.svg("<p>no</p>", "losses"))
        .hasMessage("report chart 'losses': expected one <svg> element, got '<p>no</p>'");
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    assertThatThrownBy(() -> report.sheet(picture, List.of(), "c"))
        .hasMessageContaining("column captions");
  }
}
