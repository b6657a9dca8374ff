package org.deconvnet.spark.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deconvnet.network.Layers;
import org.deconvnet.spark.evaluate.ImageNumbers;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;

/**
 * What a run over images leaves beside its pictures: numbers of each image as CSV, {@code
 * metrics.json}, a page, and the terminal's last lines.
 */
public final class ImageReport {
  private static final String NUMBERS = "numbers.csv";

  private final PreparedCorpus prepared;
  private final OutputFolder output;
  private final Progress progress;
  private final RunReport page;

  public ImageReport(
      String title, PreparedCorpus prepared, OutputFolder output, Progress progress) {
    this.prepared = prepared;
    this.output = output;
    this.progress = progress;
    this.page = new RunReport(title);
  }

  /** On the page and on the terminal. */
  public ImageReport facts(Map<String, String> facts) {
    page.facts(facts);
    facts.forEach((name, value) -> progress.say(name + ": " + value));
    return this;
  }

  /** What the page is of, as {@link RunReport#of}. */
  public ImageReport of(String corpus, Layers network, String model) {
    page.of(corpus, network, model);
    return this;
  }

  /** The one number to remember, large, and what it is. */
  public ImageReport keyFigure(String figure, String says) {
    page.keyFigure(figure, says);
    return this;
  }

  /**
   * @param names of the pictures, one a column
   */
  public ImageReport rows(PictureRows rows, List<String> names, String caption) {
    page.rows(rows.columns(names), names, caption);
    return this;
  }

  /** Where the run writes. */
  OutputFolder output() {
    return output;
  }

  /** For what else there is to show. */
  RunReport page() {
    return page;
  }

  public void write(Metrics metrics, ImageNumbers numbers) {
    if (!numbers.keys().isEmpty()) {
      numbers.writeCsv(output, NUMBERS);
      progress.say("numbers of each image: " + output.display(NUMBERS));
    }
    write(metrics);
  }

  /** As above, without numbers of each image. */
  public void write(Metrics metrics) {
    page.prepared(prepared).time(progress);
    output.write("report.html", page.toHtml());
    output.write("metrics.json", metrics.prepared(prepared).time(progress).toJson());
    progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
    progress.say("pictures: " + output.display(PictureFolder.NAME));
    progress.say("report: " + output.display("report.html"));
  }

  /** SNR and PSNR as people read them; a dash where no image had one. */
  public static String decibels(Map<String, Double> means, String snr, String psnr) {
    return "SNR " + decibel(means.get(snr)) + ", PSNR " + decibel(means.get(psnr));
  }

  private static String decibel(Double mean) {
    return mean == null ? "-" : String.format(Locale.ROOT, "%.2f dB", mean);
  }
}
