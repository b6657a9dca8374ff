package org.deconvnet.spark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.deconvnet.network.gradient.adversarial.Diversity;
import org.deconvnet.network.gradient.adversarial.FeatureDistance;
import org.deconvnet.page.LineChart;
import org.deconvnet.spark.exec.AdversarialTraining.Snapshot;
import org.deconvnet.spark.exec.LossPoint;
import org.deconvnet.spark.exec.NearestImages.Nearest;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.view.PictureStrip;

/** The page of a generator's training: losses, samples over time, and what they are worth. */
public final class GenerationReport {
  private static final int COLUMNS = 8;

  /** Pictures of small images are enlarged to about so many pixels. */
  private static final int CELL = 64;

  private final RunReport page;
  private final Shape image;

  /**
   * @param image (C, H, W)
   */
  public GenerationReport(RunReport page, Shape image) {
    this.page = page;
    this.image = image;
  }

  private int scale() {
    return Math.max(1, CELL / image.height());
  }

  /** What is wrong with the samples; nothing where they differ from each other. */
  public void diversity(Diversity diversity) {
    page.keyFigure(
        String.format(Locale.ROOT, "%.0f %%", 100 * diversity.share()),
        "of the training images' variance is in the samples");
    if (diversity.collapsed()) {
      page.note(notice(diversity));
    }
  }

  /** For the page and for the terminal. */
  public static String notice(Diversity diversity) {
    return String.format(
        Locale.ROOT,
        "warning: the generator has collapsed: its samples have %.1f %% of the training images'"
            + " variance, less than %.0f %%; train with another seed, a smaller rate or more"
            + " images",
        100 * diversity.share(),
        100 * Diversity.COLLAPSED);
  }

  /** Nothing where there was no training. */
  public void losses(List<LossPoint> points) {
    if (points.isEmpty()) {
      return;
    }
    page.heading("Losses");
    LineChart chart = new LineChart("part of the training", "loss", LineChart.Scale.LINEAR);
    chart.series("discriminator, images", numbers(points, LossPoint::real));
    chart.series("discriminator, samples", numbers(points, LossPoint::generated));
    chart.series("generator", numbers(points, LossPoint::generator));
    page.chart(
        chart,
        String.format(
            Locale.ROOT,
            "Binary cross-entropy an image, means over %d parts of the training. Where neither"
                + " network wins, the discriminator's are about 0.69. The end: %.3f for images,"
                + " %.3f for samples; the generator's %.3f.",
            points.size(),
            last(points).real(),
            last(points).generated(),
            last(points).generator()));
  }

  private static LossPoint last(List<LossPoint> points) {
    return points.get(points.size() - 1);
  }

  private static double[] numbers(List<LossPoint> points, ToDoubleFunction<LossPoint> number) {
    return points.stream().mapToDouble(number).toArray();
  }

  /** Images of the same z, over time. */
  public void snapshots(List<Snapshot> snapshots) {
    page.heading("Samples over time");
    page.note("Each picture shows the images of the same z.");
    for (Snapshot snapshot : snapshots) {
      page.picture(
          PictureStrip.rows(
              snapshot.pixels().stream().map(this::maps).toList(), 2 * COLUMNS, scale()),
          snapshot.epoch() == 0
              ? "Before training."
              : snapshot.epoch() == 1
                  ? "After 1 epoch."
                  : "After %d epochs.".formatted(snapshot.epoch()));
    }
  }

  private FeatureMaps maps(byte[] pixels) {
    FeatureMaps maps = FeatureMaps.zeros(image);
    for (int i = 0; i < pixels.length; i++) {
      maps.data()[i] = (pixels[i] & 0xff) / 255f;
    }
    return maps;
  }

  /**
   * @param rows one way from z to z each
   */
  public void interpolations(List<List<FeatureMaps>> rows) {
    page.heading("From one sample to another");
    List<FeatureMaps> all = rows.stream().flatMap(List::stream).toList();
    page.picture(
        PictureStrip.rows(all, rows.get(0).size(), scale()),
        "Each row goes from one z to another in equal steps. Sudden changes would speak for"
            + " images learned by heart.");
  }

  /**
   * @param nearest one a sample
   */
  public void nearest(List<FeatureMaps> samples, List<Nearest> nearest) {
    page.heading("Nearest training images");
    List<FeatureMaps> rows = new ArrayList<>(samples);
    nearest.forEach(one -> rows.add(one.image()));
    page.picture(
        PictureStrip.rows(rows, samples.size(), scale()),
        "Above: samples. Below each: the training image with the least squared difference of"
            + " pixels. The same picture twice would be an image learned by heart.");
  }

  /**
   * @param distances by what was compared with one half of the training images
   * @param layer of the judging network
   * @param images of each set
   */
  public void judged(Map<String, FeatureDistance> distances, String layer, int images) {
    page.table(
        "Distances in the features of another network",
        List.of("compared with half of the training images", "Fréchet distance", "kernel MMD²"),
        distances.entrySet().stream()
            .map(one -> List.of(one.getKey(), number(one.getValue().frechet()), small(one)))
            .toList());
    page.note(
        "Features are means of the maps of %s; sets have %d images each. The other half of the"
                .formatted(layer, images)
            + " training images says what no generator can be better than.");
  }

  /** For the terminal. */
  public static String words(FeatureDistance distance) {
    return String.format(
        Locale.ROOT, "Fréchet %.3f, kernel MMD² %.5f", distance.frechet(), distance.kernel());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String small(Map.Entry<String, FeatureDistance> one) {
    return String.format(Locale.ROOT, "%.5f", one.getValue().kernel());
  }
}
