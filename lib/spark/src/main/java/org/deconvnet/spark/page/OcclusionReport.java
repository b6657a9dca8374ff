package org.deconvnet.spark.page;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deconvnet.network.cnn.OcclusionOptions;
import org.deconvnet.network.cnn.OcclusionSummary;
import org.deconvnet.page.Tile;
import org.deconvnet.spark.store.ClassNames;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.ClassColours;
import org.deconvnet.view.PictureStrip;
import org.deconvnet.words.Count;

/** The page and the numbers of the verb occlude, of pictures that its tasks have drawn. */
public final class OcclusionReport {
  /** Images on the page; a page of hundreds would be slow to open. */
  private static final int SHOWN = 24;

  private static final int CELL = 160;
  private static final List<String> PICTURES =
      List.of(
          OccludedImage.IMAGE,
          OccludedImage.COVERED,
          OccludedImage.PROBABILITY,
          OccludedImage.ACTIVITY,
          OccludedImage.CLASSES);
  private static final List<String> COLUMNS =
      List.of(
          "image",
          "covered where it matters most",
          "probability of the class",
          "activity of the map",
          "most probable class");

  private final ImageReport report;
  private final PictureFolder pictures;
  private final ClassNames names;
  private final Metrics metrics = new Metrics();

  public OcclusionReport(ImageReport report, PictureFolder pictures, ClassNames names) {
    this.report = report;
    this.pictures = pictures;
    this.names = names;
  }

  /**
   * @param layer name of the watched one
   */
  public void of(String corpus, String fingerprint, String layer, OcclusionOptions square) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus);
    facts.put("layer", layer);
    facts.put(
        "square",
        "%d x %d pixels of the network's input, in the mean colour; steps of %d"
            .formatted(square.size(), square.size(), square.step()));
    report.facts(facts);
    metrics
        .put("fingerprint", fingerprint)
        .put("layer", layer)
        .put("square", Map.of("size", square.size(), "step", square.step()));
  }

  /** The whole report; pictures of the first images alone. */
  public void write(List<OccludedImage> images) {
    metrics
        .put("images", images.size())
        .put("occlusions", images.stream().map(image -> image.metrics(names)).toList());
    fall(images);
    RunReport page = report.page();
    page.heading("What the network needs of each image");
    page.note(
        "A heat map shows at each pixel what is left when the square's middle is there: black"
            + " where it is gone, then red, yellow and white. Probabilities go from 0 to 1; an"
            + " activity is the sum of a map, white at its largest over the image.");
    images.stream().limit(SHOWN).forEach(this::show);
    page.table(
        "All images in numbers",
        List.of("image", "class", "probability", "least", "square's row, column", "taken for"),
        images.stream().map(this::row).toList());
    report.write(metrics);
  }

  private void fall(List<OccludedImage> images) {
    String figure =
        "%s → %s"
            .formatted(
                number(mean(images, OcclusionSummary::probability)),
                number(mean(images, summary -> summary.leastProbability().value())));
    report.keyFigure(
        figure,
        "probability of the class, nothing covered and with the square where it matters most;"
            + " mean over "
            + Count.of(images.size(), "image"));
  }

  private static double mean(
      List<OccludedImage> images, ToDoubleFunction<OcclusionSummary> number) {
    return images.stream().map(OccludedImage::summary).mapToDouble(number).average().orElseThrow();
  }

  private void show(OccludedImage image) {
    RunReport page = report.page();
    List<FeatureMaps> strip = pictures.read(image.path(), PICTURES);
    int scale = Math.max(1, CELL / Math.max(strip.get(0).height(), strip.get(0).width()));
    BufferedImage picture = PictureStrip.draw(strip, scale);
    page.subheading(image.path());
    page.sheet(picture, COLUMNS, caption(image));
    page.swatches(legend(image.summary()), "Colours of the most probable class.");
  }

  private String caption(OccludedImage image) {
    OcclusionSummary summary = image.summary();
    String fall =
        "%s, %s: probability %s, and %s with the square's corner at row %d, column %d."
            .formatted(
                names.of(summary.label()),
                image.labelled() ? "the class of its folder" : "the most probable class",
                number(summary.probability()),
                number(summary.leastProbability().value()),
                summary.leastProbability().top(),
                summary.leastProbability().left());
    String taken =
        summary.predicted() == summary.label()
            ? ""
            : " The network takes the image for %s.".formatted(names.of(summary.predicted()));
    return fall
        + taken
        + String.format(
            Locale.ROOT,
            " Map %d: activity %.4g, at least %.4g.",
            summary.map(),
            summary.activity(),
            summary.leastActivity().value());
  }

  private List<Tile> legend(OcclusionSummary summary) {
    ClassColours colours = new ClassColours(List.copyOf(summary.classShares().keySet()));
    List<Tile> legend = new ArrayList<>();
    double rest = 1;
    for (int number : colours.named()) {
      double share = summary.classShares().get(number);
      rest -= share;
      legend.add(tile(colours, number, names.of(number), share));
    }
    int others = colours.classes().size() - colours.named().size();
    if (others > 0) {
      int first = colours.classes().get(colours.named().size());
      legend.add(tile(colours, first, Count.of(others, "other class"), rest));
    }
    return legend;
  }

  private static Tile tile(ClassColours colours, int number, String name, double share) {
    String places = String.format(Locale.ROOT, "%.1f %% of the places", 100 * share);
    return new Tile(colours.swatch(number), name, List.of(name, places));
  }

  private List<String> row(OccludedImage image) {
    OcclusionSummary summary = image.summary();
    return List.of(
        image.path(),
        names.of(summary.label()),
        number(summary.probability()),
        number(summary.leastProbability().value()),
        "%d, %d".formatted(summary.leastProbability().top(), summary.leastProbability().left()),
        names.of(summary.predicted()));
  }

  private static String number(double probability) {
    return String.format(Locale.ROOT, "%.3f", probability);
  }
}
