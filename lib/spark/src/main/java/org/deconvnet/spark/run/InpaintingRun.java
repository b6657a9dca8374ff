package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.restore.Denoiser;
import org.deconvnet.restore.MissingPixels;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.MaskFolder;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.ImageNumbers;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.page.ImageReport;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.page.PictureRows;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/**
 * A folder of images, their hidden pixels filled in by convolutional sparse coding. Masks say which
 * are hidden; or a share of them is hidden for a trial, and SNR and PSNR say how well they come
 * back.
 */
public final class InpaintingRun {
  private final SparkSession spark;
  private final int partitions;

  public InpaintingRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param missing share of pixels to hide, above 0 and below 1; null: masks say which are hidden
   * @param masks their folder; null in a trial
   * @param seed of what is hidden, and of which images the page shows
   * @param lambdas the weight λ in place of the model's; empty: the model's own
   */
  public record Options(Double missing, String masks, long seed, List<Double> lambdas) {
    public Options {
      lambdas = List.copyOf(lambdas);
    }

    private boolean trial() {
      return missing != null;
    }

    private InpaintingWork.Masks masks(SparkSession spark, long maxPixels) {
      return trial()
          ? new MissingPixels(missing, seed)::mask
          : MaskFolder.open(spark, masks, maxPixels)::mask;
    }
  }

  public void run(
      String model,
      String input,
      String out,
      Options options,
      boolean overwrite,
      PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    if (!options.trial()) {
      SeparateFolders.requireKept(spark, out, "folder of masks", options.masks());
    }
    ModelFolder folder = ModelFolder.read(spark, model);
    CscNetwork network =
        new ChosenWeights(options.lambdas())
            .in(CscDictionary.of(folder, model), CscNetwork::withLambdas);
    PreprocessOptions preprocessing = folder.preprocessor().toOptions();
    Denoiser.requirePixels(preprocessing);
    InpaintingWork.Masks masks = options.masks(spark, folder.preprocessor().getMaxPixels());
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    MemoryNeed.requireToInfer(spark, corpus, folder, partitions);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    ImagePreprocessor decoder = folder.preprocessor().setOptions(Denoiser.pixels(preprocessing));
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, decoder, ExperimentOptions.OnBadImage.SKIP, partitions, progress)) {
      PictureFolder pictures = new PictureFolder(spark, output);
      InpaintingWork work = new InpaintingWork(pictures, preprocessing, masks, options.trial());
      String engine = folder.network().getEngine();
      try (ImageNumbers numbers = numbers(network, engine, prepared, work, progress)) {
        report(
            network,
            options,
            numbers,
            PictureRows.of(pictures, prepared, options.seed()),
            new ImageReport("Inpainting", prepared, output, progress)
                .of(corpus.root(), network, model));
        output.complete();
      }
    }
  }

  private static ImageNumbers numbers(
      CscNetwork network,
      String engine,
      PreparedCorpus prepared,
      InpaintingWork work,
      Progress progress) {
    return progress.stage(
        "inpaint",
        "filling in hidden pixels of " + Count.of(prepared.count(), "image"),
        () -> ImageNumbers.of(prepared.images(), network, engine, work.keys(), work));
  }

  private static void report(
      CscNetwork network,
      Options options,
      ImageNumbers numbers,
      PictureRows rows,
      ImageReport report) {
    Map<String, Double> means = numbers.means();
    long images = numbers.perImage().count();
    Metrics metrics =
        new Metrics()
            .put("images", images)
            .put("missing", options.missing())
            .put("seed", options.seed())
            .put("lambda", ChosenWeights.of(network))
            .put("fingerprint", network.fingerprint());
    means.forEach(metrics::put);
    if (means.containsKey("psnr_inpainted_hidden")) {
      report.keyFigure(
          String.format(Locale.ROOT, "%.2f dB", means.get("psnr_inpainted_hidden")),
          String.format(
              Locale.ROOT,
              "mean PSNR of the hidden pixels; %.2f dB after the first fill",
              means.get("psnr_filled_hidden")));
    }
    report
        .facts(facts(options, images, means))
        .rows(
            rows,
            List.of(
                InpaintingWork.MASKED,
                InpaintingWork.FILLED,
                InpaintingWork.INPAINTED,
                InpaintingWork.ORIGINAL),
            "Hidden pixels are black, then filled with a mean of their neighbours, then filled in. Large images are cut to their middle.")
        .write(metrics, numbers);
  }

  private static Map<String, String> facts(
      Options options, long images, Map<String, Double> means) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Long.toString(images));
    if (options.trial()) {
      facts.put(
          "hidden", "a share of " + options.missing() + ", at random; means over the images:");
      facts.put("first fill, hidden pixels", decibels(means, "filled_hidden"));
      facts.put("inpainted, hidden pixels", decibels(means, "inpainted_hidden"));
      facts.put("first fill, whole image", decibels(means, "filled"));
      facts.put("inpainted, whole image", decibels(means, "inpainted"));
    }
    return facts;
  }

  private static String decibels(Map<String, Double> means, String what) {
    return ImageReport.decibels(means, "snr_" + what, "psnr_" + what);
  }
}
