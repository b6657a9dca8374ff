package org.deconvnet.spark.page;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.page.ConfusionMatrixChart;
import org.deconvnet.page.HtmlReport;
import org.deconvnet.page.LineChart;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.store.EmptyLayer;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.FilterMosaic;
import org.deconvnet.view.ReconstructionSheet;
import org.deconvnet.words.Count;

/**
 * The page a person opens after a run. Composes pictures; computes nothing that was not computed.
 */
public final class RunReport {
  private static final int SHOWN = 6;
  private static final int LISTED = 50;

  private final HtmlReport page;

  public RunReport(String title) {
    page = new HtmlReport(title);
  }

  public RunReport facts(Map<String, String> facts) {
    page.facts(facts);
    return this;
  }

  RunReport note(String text) {
    page.paragraph(text);
    return this;
  }

  /** Filters of each layer in pixels, objective over epochs, reconstructions of some images. */
  public RunReport network(TrainedNetwork<?> trained, List<FeatureMaps> images) {
    FilterPictures pictures =
        trained.network().filterPictures(ConvolutionEngines.create(trained.engine()), images);
    for (int number = 1; number <= trained.network().depth(); number++) {
      page.heading("Layer " + number);
      page.picture(
          FilterMosaic.draw(pictures.of(number), 10, number == 1 ? 5 : 2),
          pictures.caption(number));
      if (trained.trainedHere()) {
        objective(trained.epochs().get(number - 1), trained.last().get(number - 1));
        warnOfEmpty(trained, number);
      }
    }
    page.heading("Reconstructions");
    reconstructions(
        trained.network().reconstructions(ConvolutionEngines.create(trained.engine())), images);
    return this;
  }

  private void objective(List<LayerProgress> epochs, LayerProgress last) {
    LineChart chart = new LineChart("epoch", "per image", LineChart.Scale.LINEAR);
    chart.series("objective", epochs.stream().mapToDouble(LayerProgress::meanObjective).toArray());
    chart.series(
        "data term", epochs.stream().mapToDouble(e -> e.dataTerm() / e.images()).toArray());
    chart.series("sparsity", epochs.stream().mapToDouble(e -> e.sparsity() / e.images()).toArray());
    page.svg(
        chart.toSvg(),
        String.format(
            Locale.ROOT,
            "Objective over epochs, mean over images. With the finished filters: relative"
                + " reconstruction error %.3f, %.2f %% of the codes are not zero.",
            last.relativeError(),
            100 * last.density()));
  }

  /** A layer that a cache gave was empty in an earlier run: only its story says so here. */
  private void warnOfEmpty(TrainedNetwork<?> trained, int number) {
    if (trained.last().get(number - 1).empty()) {
      page.paragraph(new EmptyLayer(number, trained.network().lambda(number)).warning());
    }
  }

  private void reconstructions(LayerReconstructions layers, List<FeatureMaps> images) {
    List<List<FeatureMaps>> rows = new ArrayList<>();
    for (FeatureMaps image : images.subList(0, Math.min(SHOWN, images.size()))) {
      List<FeatureMaps> row = new ArrayList<>(List.of(image));
      row.addAll(layers.of(image));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("image"));
    for (int number = 1; number < rows.get(0).size(); number++) {
      columns.add("layer " + number);
    }
    page.sheet(
        ReconstructionSheet.draw(rows, 1),
        columns,
        "The preprocessed image, then what each layer's code makes of it. A row shares one scale.");
  }

  /**
   * Images side by side, a row an image, on one scale a row.
   *
   * @param rows signed numbers around zero
   */
  RunReport rows(List<List<FeatureMaps>> rows, List<String> columns, String caption) {
    page.heading("Some of the images");
    page.sheet(ReconstructionSheet.draw(rows, 1), columns, caption);
    return this;
  }

  RunReport table(String heading, List<String> columns, List<List<String>> rows) {
    page.heading(heading);
    page.table(columns, rows);
    return this;
  }

  RunReport heading(String text) {
    page.heading(text);
    return this;
  }

  RunReport picture(BufferedImage picture, String caption) {
    page.picture(picture, caption);
    return this;
  }

  RunReport sheet(BufferedImage picture, List<String> columns, String caption) {
    page.sheet(picture, columns, caption);
    return this;
  }

  public RunReport confusion(Outcome confusion) {
    page.heading("Confusion matrix");
    page.confusionMatrix(
        new ConfusionMatrixChart(confusion.matrix().counts(), confusion.labels()),
        "Rows: the true class; columns: the predicted one; first split.");
    List<List<String>> rows = new ArrayList<>();
    double[] rates = confusion.matrix().perClassRate();
    for (int c = 0; c < rates.length; c++) {
      rows.add(
          List.of(
              confusion.labels().get(c),
              Double.isNaN(rates[c]) ? "no test image" : Outcome.percent(rates[c])));
    }
    page.table(List.of("class", "rate"), rows);
    return this;
  }

  /** How the corpus was prepared, and what of it was left out. */
  public RunReport prepared(PreparedCorpus prepared) {
    page.paragraph(
        prepared.upright()
            ? "Images are turned upright as their files say."
            : "Images are as their files store them; orientations are not applied.");
    return skipped(prepared);
  }

  private RunReport skipped(PreparedCorpus prepared) {
    List<SkippedFile> files = prepared.skipped();
    page.heading("Files that were not used");
    if (!prepared.emptyClasses().isEmpty()) {
      page.paragraph("Warning: " + prepared.sayEmptyClasses() + ".");
    }
    page.paragraph(
        files.isEmpty() ? "None." : Count.of(files.size(), "file") + listed(files.size()));
    if (!files.isEmpty()) {
      page.table(
          List.of("file", "why"),
          files.stream().limit(LISTED).map(f -> List.of(f.path(), f.reason())).toList());
    }
    return this;
  }

  private static String listed(int files) {
    return files <= LISTED
        ? ":"
        : "; the first %d of them, metrics.json has all:".formatted(LISTED);
  }

  /** All that decided the run, as the file that would decide it again. */
  public RunReport configuration(ExperimentOptions options) {
    page.heading("Configuration");
    page.paragraph("Every key with its value, whether the file gave it or not.");
    page.lines(ConfigurationText.of(options));
    return this;
  }

  public RunReport seconds(Map<String, Double> seconds) {
    page.heading("Time");
    page.table(
        List.of("stage", "seconds"),
        seconds.entrySet().stream()
            .map(e -> List.of(e.getKey(), String.format(Locale.ROOT, "%.1f", e.getValue())))
            .toList());
    return this;
  }

  public String toHtml() {
    return page.toHtml();
  }
}
