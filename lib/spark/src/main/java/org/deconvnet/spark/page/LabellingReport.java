package org.deconvnet.spark.page;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.label.LabelCounts;
import org.deconvnet.label.LabelMap;
import org.deconvnet.page.LineChart;
import org.deconvnet.page.Tile;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.columns.LabelColumn;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.view.LabelPicture;
import org.deconvnet.view.MapPicture;

/** What a page says of labelled pixels: measures, the loss over epochs, pictures. */
public final class LabellingReport {
  private static final int SHOWN = 6;
  private static final int GAP = 2;
  private static final int GROUND = 0xC8D2E0;

  private final RunReport page;
  private final List<String> names;

  /**
   * @param names of the classes
   */
  public LabellingReport(RunReport page, List<String> names) {
    this.page = page;
    this.names = List.copyOf(names);
  }

  /**
   * Measures, and a row a class.
   *
   * @param images that were measured by, in words
   */
  public LabellingReport measures(LabelCounts counts, String images) {
    page.keyFigure(
        Outcome.percent(counts.meanIu()),
        "mean IU over %d classes, on %s".formatted(names.size(), images));
    page.table(
        "Measures on " + images,
        List.of("pixel accuracy", "mean accuracy", "mean IU", "frequency-weighted IU"),
        List.of(
            List.of(
                Outcome.percent(counts.pixelAccuracy()),
                Outcome.percent(counts.meanAccuracy()),
                Outcome.percent(counts.meanIu()),
                Outcome.percent(counts.frequencyWeightedIu()))));
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      rows.add(
          List.of(
              names.get(c),
              Outcome.percent((double) counts.pixels(c) / counts.pixels()),
              share(counts.accuracy(c)),
              share(counts.iu(c)),
              takenFor(counts, c)));
    }
    page.table(
        "Class by class",
        List.of("class", "of the pixels", "accuracy", "IU", "most often taken for"),
        rows);
    return this;
  }

  private static String share(double share) {
    return Double.isNaN(share) ? "no pixel" : Outcome.percent(share);
  }

  private String takenFor(LabelCounts counts, int truth) {
    int most =
        IntStream.range(0, names.size())
            .filter(c -> c != truth)
            .reduce((a, b) -> counts.count(truth, b) > counts.count(truth, a) ? b : a)
            .orElse(truth);
    return counts.count(truth, most) == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "%s, %s",
            names.get(most),
            Outcome.percent((double) counts.count(truth, most) / counts.pixels(truth)));
  }

  /** The loss over epochs. */
  public LabellingReport losses(List<Double> losses) {
    page.heading("Learning");
    page.chart(
        new LineChart("epoch", "loss a pixel", LineChart.Scale.LINEAR)
            .series("loss", losses.stream().mapToDouble(Double::doubleValue).toArray()),
        "Cross-entropy: a sum over the pixels with a class, each weighed as its class is, divided"
            + " by all pixels. Each image before the round that it is learned from in.");
    return this;
  }

  /**
   * A few images, drawn by the seed, beside their labels.
   *
   * @param images columns path and image, and those of the labels
   * @param truth column of the true labels; empty: there are none
   * @param given column of the labels that were given
   */
  public LabellingReport pictures(Dataset<Row> images, String truth, String given, long seed) {
    List<String> shown = FeatureLearning.sample(FeatureLearning.ids(images), SHOWN, seed);
    boolean measured = !truth.isEmpty();
    List<List<BufferedImage>> rows =
        FeatureLearning.only(images, shown)
            .orderBy("path")
            .select("image", given, measured ? truth : given)
            .collectAsList()
            .stream()
            .map(row -> pictures(row, measured))
            .toList();
    page.heading("Some of the images");
    page.sheet(
        sheet(rows),
        measured ? List.of("image", "truth", "labels", "errors") : List.of("image", "labels"),
        measured
            ? "White: no class. Errors: red where the label is wrong."
            : "Each class has a colour.");
    page.swatches(
        IntStream.range(0, names.size())
            .mapToObj(c -> new Tile(LabelPicture.swatch(c), names.get(c), List.of(names.get(c))))
            .toList(),
        "Colours of the classes.");
    return this;
  }

  private static List<BufferedImage> pictures(Row row, boolean measured) {
    LabelMap given = LabelColumn.fromRow(row.getStruct(1));
    BufferedImage image = MapPicture.pixels(FeatureMapsColumn.fromRow(row.getStruct(0)));
    if (!measured) {
      return List.of(image, LabelPicture.colours(given));
    }
    LabelMap truth = LabelColumn.fromRow(row.getStruct(2));
    return List.of(
        image,
        LabelPicture.colours(truth),
        LabelPicture.colours(given),
        LabelPicture.errors(truth, given));
  }

  private static BufferedImage sheet(List<List<BufferedImage>> rows) {
    int width = rows.get(0).get(0).getWidth() + GAP;
    int height = rows.get(0).get(0).getHeight() + GAP;
    BufferedImage sheet =
        new BufferedImage(
            rows.get(0).size() * width + GAP,
            rows.size() * height + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(new Color(GROUND));
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        graphics.drawImage(rows.get(i).get(j), GAP + j * width, GAP + i * height, null);
      }
    }
    graphics.dispose();
    return sheet;
  }

  /** The same numbers, for programs; shares of 1. */
  public static Metrics put(Metrics metrics, LabelCounts counts, List<String> names) {
    return metrics
        .put("pixel_accuracy", counts.pixelAccuracy())
        .put("mean_accuracy", counts.meanAccuracy())
        .put("mean_iu", counts.meanIu())
        .put("frequency_weighted_iu", counts.frequencyWeightedIu())
        .put("pixels", counts.pixels())
        .put(
            "classes",
            IntStream.range(0, names.size()).mapToObj(c -> ofClass(counts, names, c)).toList());
  }

  private static Map<String, Object> ofClass(LabelCounts counts, List<String> names, int label) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("class", names.get(label));
    values.put("pixels", counts.pixels(label));
    values.put("accuracy", known(counts.accuracy(label)));
    values.put("iu", known(counts.iu(label)));
    values.put(
        "counts", IntStream.range(0, names.size()).mapToObj(c -> counts.count(label, c)).toList());
    return values;
  }

  private static Double known(double share) {
    return Double.isNaN(share) ? null : share;
  }
}
