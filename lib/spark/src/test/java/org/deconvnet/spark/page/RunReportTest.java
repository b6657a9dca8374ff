package org.deconvnet.spark.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.deconvnet.classify.ConfusionMatrix;
import org.deconvnet.page.Tile;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.store.Outcome;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final String EVIL = "<script>alert(1)</script>";

  /** Every image of a class is taken for the next one, but for the first's. */
  private static Outcome outcome(List<String> names) {
    int[] numbers = IntStream.range(0, names.size()).toArray();
    int[] next = IntStream.of(numbers).map(n -> n == 0 ? 0 : (n + 1) % names.size()).toArray();
    return new Outcome(names, ConfusionMatrix.of(numbers, numbers, next));
  }

  private static String confusion(List<String> names) {
    return new RunReport("r").confusion(outcome(names), "3 images").toHtml();
  }

  @Test
  void hostileClassNamesAreText() {
    BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    String page =
        new RunReport(EVIL)
            .keyFigure(EVIL, EVIL)
            .confusion(outcome(List.of(EVIL, "b", "c")), EVIL)
            .mistakes(List.of(new Tile(picture, EVIL, List.of(EVIL))))
            .toHtml();
    assertThat(page)
        .doesNotContain("<script>alert")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; 1");
  }

  @Test
  void theTableSaysWhatAClassWasTakenFor() {
    assertThat(confusion(List.of("a", "b", "c")))
        .contains("<td>a</td><td>1</td><td>100.0 %</td><td></td>")
        .contains("<td>b</td><td>1</td><td>0.0 %</td><td>c 1</td>")
        .contains("<td>c</td><td>1</td><td>0.0 %</td><td>a 1</td>")
        .contains("b taken for c: 1 (100.0 %)");
  }

  @Test
  void oneClassAndAHundredAndOneHaveTheirMatrix() {
    assertThat(confusion(List.of("a"))).contains("Confusion matrix of 1 class\"");
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "class" + i).toList();
    assertThat(confusion(many))
        .contains("Confusion matrix of 101 classes", "class99 taken for class100: 1");
  }

  @Test
  void noMistakeIsSaid() {
    assertThat(new RunReport("r").mistakes(List.of()).toHtml())
        .contains("None: every image got its class.")
        .doesNotContain("<ul class=\"tiles");
  }

  @Test
  void theHeaderSaysWhenByWhatAndHow() {
    String page =
        new RunReport("r")
            .made(new RunHeader(LocalDate.of(2026, 5, 1), "DeconvNet 1", "./deconvnet quickstart"))
            .explained(0.789, 2)
            .toHtml();
    assertThat(page)
        .contains("<span>made on</span> 1 May 2026", "<span>by</span> DeconvNet 1")
        .contains(">./deconvnet quickstart</code>")
        .contains("<strong>78.9 %</strong>", "layer 2");
    assertThat(new RunReport("r").explained(-0.5, 1).toHtml()).contains("<strong>0.0 %</strong>");
  }

  @Test
  void aNetworkOfAModelIsNotSaidToBeTheConfigurations() {
    ExperimentOptions options = ExperimentOptions.DEFAULTS;
    String page = new RunReport("r").configurationBeside("models/m1", options).toHtml();
    assertThat(page)
        .contains("the network is that of the model models/m1")
        .contains("\nfeatures:")
        .doesNotContain("\nnetwork:");
    assertThat(ConfigurationText.of(options)).contains("\nnetwork:");
  }

  @Test
  void papersAreBesideTheirOwnCorpusAndProtocolAlone() {
    List<String> caltech =
        IntStream.range(0, 101)
            .mapToObj(
                i ->
                    i < 4
                        ? List.of("accordion", "lotus", "wrench", "yin_yang").get(i)
                        : "class" + i)
            .toList();
    assertThat(PublishedRates.of(caltech, 30)).hasSize(5);
    assertThat(PublishedRates.of(caltech, 15)).hasSize(2);
    assertThat(PublishedRates.of(caltech, 20)).isEmpty();
    assertThat(PublishedRates.of(caltech.subList(0, 10), 30)).isEmpty();
    assertThat(PublishedRates.of(List.of(), 30)).isEmpty();
  }
}
