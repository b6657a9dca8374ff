package org.deconvnet.spark.page;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.learn.LayerProgress;
import org.deconvnet.learn.RoundTime;
import org.deconvnet.network.FilterPictures;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Layers;
import org.deconvnet.page.Area;
import org.deconvnet.page.Bar;
import org.deconvnet.page.ConfusionMatrixChart;
import org.deconvnet.page.HistogramChart;
import org.deconvnet.page.HtmlReport;
import org.deconvnet.page.LineChart;
import org.deconvnet.page.Tile;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.SkippedFile;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.TrainedNetwork;
import org.deconvnet.spark.store.EmptyLayer;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.ActivationSurvey;
import org.deconvnet.view.FilterMosaic;
import org.deconvnet.view.ReconstructionSheet;
import org.deconvnet.words.Count;

/**
 * The page a person opens after a run. Composes pictures; computes nothing that was not computed.
 */
public final class RunReport {
  private static final int SHOWN = 6;
  private static final int LISTED = 50;
  private static final int CONFUSED = 3;

  private final HtmlReport page;

  public RunReport(String title) {
    page = new HtmlReport(title);
  }

  /** Of a run with a network: its title is the page's. */
  public static RunReport titled(String run, Layers network) {
    return new RunReport(run + ": " + network.title());
  }

  public RunReport facts(Map<String, String> facts) {
    page.facts(facts);
    return this;
  }

  /** The one number to remember, large, and what it is. */
  public RunReport keyFigure(String figure, String says) {
    page.keyFigure(figure, says);
    return this;
  }

  /** How much of the images a layer's code explains, as the key figure. */
  public RunReport explained(double share, int layer) {
    return keyFigure(
        Outcome.percent(Math.max(0, share)),
        "of the images' sum of squares are in what layer %d's code reconstructs".formatted(layer));
  }

  /**
   * Which corpus and network a page is of, in a few words, for its first lines.
   *
   * @param model where the network is from; empty: it was learned in the run
   */
  public RunReport of(String corpus, Layers network, String model) {
    Map<String, String> of = new LinkedHashMap<>();
    of.put("corpus", corpus.substring(corpus.lastIndexOf('/') + 1));
    of.put(
        "model",
        "%s, %s%s"
            .formatted(
                network.title(),
                Count.of(network.depth(), "layer"),
                model.isEmpty() ? "" : ", from " + model));
    page.made(of);
    return this;
  }

  /** When, by what and how the run that goes on makes its page. */
  public RunReport made(RunHeader header) {
    page.made(header.facts()).command(header.command());
    return this;
  }

  RunReport bars(String heading, List<Bar> bars, String caption) {
    page.heading(heading).bars(bars, caption);
    return this;
  }

  RunReport note(String text) {
    page.paragraph(text);
    return this;
  }

  /**
   * Filters of each layer in pixels, its strongest activations, objective over epochs, how sparse
   * its codes are; reconstructions of some images.
   */
  public RunReport network(
      TrainedNetwork<?> trained, ActivationTiles activations, List<FeatureMaps> images) {
    FilterPictures pictures =
        trained.network().filterPictures(ConvolutionEngines.create(trained.engine()), images);
    for (int number = 1; number <= trained.network().depth(); number++) {
      page.heading("Layer " + number);
      page.picture(
          FilterMosaic.draw(pictures.of(number), 10, number == 1 ? 5 : 2),
          pictures.caption(number));
      strongest(activations, number);
      page.subheading("Learning and sparsity");
      if (trained.trainedHere()) {
        warnOfEmpty(trained, number);
        objective(trained.epochs().get(number - 1), trained.last().get(number - 1));
      }
      trained.network().certificate(number).ifPresent(page::paragraph);
      sparsity(activations.survey(), number);
    }
    page.heading("Reconstructions");
    reconstructions(
        trained.network().reconstructions(ConvolutionEngines.create(trained.engine())), images);
    return this;
  }

  private void strongest(ActivationTiles activations, int number) {
    page.subheading("Strongest activations");
    if (activations.of(number).isEmpty()) {
      page.paragraph("No map has an activation in the images that were looked at.");
    } else {
      page.tiles(activations.of(number), activations.caption(number));
    }
  }

  private void sparsity(ActivationSurvey survey, int number) {
    double[] percents = Arrays.stream(survey.densities(number)).map(share -> 100 * share).toArray();
    page.svg(
        new HistogramChart("entries that are not zero, %", "image", percents).toSvg(),
        "How sparse the codes of %s are.".formatted(Count.of(survey.images(), "image")));
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
      page.paragraph(new EmptyLayer(number, trained.network().lessSparse(number)).warning());
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

  /** Charts, side by side where the page is wide. */
  RunReport chart(LineChart chart, String caption) {
    page.svg(chart.toSvg(), caption);
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

  RunReport subheading(String text) {
    page.subheading(text);
    return this;
  }

  RunReport swatches(List<Tile> tiles, String caption) {
    page.swatches(tiles, caption);
    return this;
  }

  RunReport picture(BufferedImage picture, String caption) {
    page.picture(picture, caption);
    return this;
  }

  RunReport picture(BufferedImage picture, List<Area> areas, String caption) {
    page.picture(picture, areas, caption);
    return this;
  }

  RunReport sheet(BufferedImage picture, List<String> columns, String caption) {
    page.sheet(picture, columns, caption);
    return this;
  }

  /**
   * @param images that were classified, in words
   */
  public RunReport confusion(Outcome confusion, String images) {
    page.heading("Confusion matrix");
    page.confusionMatrix(
        new ConfusionMatrixChart(confusion.matrix().counts(), confusion.labels()),
        "Rows: the true class; columns: the predicted one; %s.".formatted(images));
    page.details(
        "The same as a table, class by class",
        List.of("class", "images", "rate", "taken for"),
        classes(confusion));
    return this;
  }

  private static List<List<String>> classes(Outcome confusion) {
    List<List<String>> rows = new ArrayList<>();
    double[] rates = confusion.matrix().perClassRate();
    int[][] counts = confusion.matrix().counts();
    for (int c = 0; c < rates.length; c++) {
      rows.add(
          List.of(
              confusion.labels().get(c),
              Integer.toString(Arrays.stream(counts[c]).sum()),
              Double.isNaN(rates[c]) ? "no test image" : Outcome.percent(rates[c]),
              takenFor(confusion.labels(), counts[c], c)));
    }
    return rows;
  }

  /** The classes that images of a class were most often taken for. */
  private static String takenFor(List<String> labels, int[] counts, int truth) {
    return IntStream.range(0, counts.length)
        .filter(c -> c != truth && counts[c] > 0)
        .boxed()
        .sorted(Comparator.comparing(c -> -counts[c]))
        .limit(CONFUSED)
        .map(c -> labels.get(c) + " " + counts[c])
        .collect(Collectors.joining(", "));
  }

  /**
   * @param worst images that were taken for another class, the worst first; may be empty
   */
  public RunReport mistakes(List<Tile> worst) {
    page.heading("Worst mistakes");
    if (worst.isEmpty()) {
      page.paragraph("None: every image got its class.");
    } else {
      page.photographs(
          worst,
          "Bold: the true class. Margin: by how much the score of the class taken exceeds that of"
              + " the true one. The largest margins of all mistakes.");
    }
    return this;
  }

  /** How the corpus was prepared, what of it was left out, and by which run. */
  public RunReport prepared(PreparedCorpus prepared) {
    page.paragraph(
        prepared.upright()
            ? "Images are turned upright as their files say."
            : "Images are as their files store them; orientations are not applied.");
    return skipped(prepared).made(RunHeader.of(prepared.images().sparkSession()));
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
  public RunReport configuration(Record options) {
    page.heading("Configuration");
    page.paragraph("Every key with its value, whether the file gave it or not.");
    page.lines(ConfigurationText.of(options));
    return this;
  }

  /** As above for a run whose network is a model's: the section network took no part. */
  RunReport configurationBeside(String model, ExperimentOptions options) {
    page.heading("Configuration");
    page.paragraph(
        "Every key with its value, whether the file gave it or not, but for the section network:"
            + " the network is that of the model %s.".formatted(model));
    page.lines(ConfigurationText.withoutNetwork(options));
    return this;
  }

  public RunReport time(Progress progress) {
    Map<String, Double> seconds = progress.seconds();
    page.heading("Time");
    double all = seconds.values().stream().mapToDouble(s -> s).sum();
    page.bars(
        seconds.entrySet().stream()
            .map(e -> new Bar(e.getKey(), e.getValue(), seconds(e.getValue()), Bar.Kind.OURS))
            .toList(),
        "By stage; together %s.".formatted(seconds(all)));
    if (!progress.rounds().isEmpty()) {
      rounds(progress.rounds());
    }
    return this;
  }

  /** Between coding and filters no image is worked on: the part that more executors do not cut. */
  private void rounds(List<RoundTime> rounds) {
    page.table(
        List.of("layer", "coding", "filter steps", "between, on the driver"),
        rounds.stream()
            .map(
                time ->
                    List.of(
                        Integer.toString(time.layer()),
                        seconds(time.coding()),
                        seconds(time.filters()),
                        seconds(time.between())))
            .toList());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  public String toHtml() {
    return page.toHtml();
  }
}
