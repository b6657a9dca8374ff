package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.ImageNumbers;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.page.ImageReport;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.page.PictureRows;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.Outcome;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/**
 * What every layer of a network makes of every image of a folder: pictures of reconstruction and
 * residual, and how near they come. Either kind of network.
 */
public final class ReconstructionRun {
  private final SparkSession spark;
  private final int partitions;

  public ReconstructionRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param seed decides which images the page shows
   */
  public void run(
      String model, String input, String out, long seed, boolean overwrite, PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    MemoryNeed.requireToInfer(spark, corpus, folder, partitions);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus,
                folder.preprocessor(),
                ExperimentOptions.OnBadImage.SKIP,
                partitions,
                progress)) {
      PictureFolder pictures = new PictureFolder(spark, output);
      try (ImageNumbers numbers = numbers(folder.network(), prepared, pictures, progress)) {
        report(
            folder.network().network(),
            model,
            corpus,
            numbers,
            PictureRows.of(pictures, prepared, seed),
            new ImageReport("Reconstructions", prepared, output, progress));
        output.complete();
      }
    }
  }

  private static <N extends Network> ImageNumbers numbers(
      LayeredModel<N, ?> model,
      PreparedCorpus prepared,
      PictureFolder pictures,
      Progress progress) {
    N network = model.network();
    return progress.stage(
        "reconstruct",
        "reconstructing %s by %s"
            .formatted(Count.of(prepared.count(), "image"), Count.of(network.depth(), "layer")),
        () ->
            ImageNumbers.of(
                prepared.images(),
                network,
                model.getEngine(),
                ReconstructionWork.keys(network.depth()),
                new ReconstructionWork(pictures)));
  }

  private static void report(
      Network network,
      String model,
      ImageCorpus corpus,
      ImageNumbers numbers,
      PictureRows rows,
      ImageReport report) {
    Map<String, Double> means = numbers.means();
    long images = numbers.perImage().count();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("corpus", corpus.root());
    facts.put("means over", Count.of(images, "image"));
    List<String> columns = new ArrayList<>(List.of(ReconstructionWork.INPUT));
    for (int number = 1; number <= network.depth(); number++) {
      String layer = ReconstructionWork.layer(number);
      String decibels = ImageReport.decibels(means, "snr_" + layer, "psnr_" + layer);
      double lacks = means.getOrDefault("relative_error_" + layer, Double.NaN);
      facts.put(
          "layer " + number,
          String.format(Locale.ROOT, "relative error %.4f, %s", lacks, decibels));
      columns.addAll(List.of(layer, ReconstructionWork.residual(number)));
    }
    Metrics metrics = new Metrics().put("images", images).put("fingerprint", network.fingerprint());
    means.forEach(metrics::put);
    double error =
        means.getOrDefault(
            "relative_error_" + ReconstructionWork.layer(network.depth()), Double.NaN);
    if (error <= 1) {
      report.keyFigure(
          Outcome.percent(1 - error),
          "of an image's sum of squares are in what layer %d reconstructs, on average"
              .formatted(network.depth()));
    }
    report
        .of(corpus.root(), network, model)
        .facts(facts)
        .rows(
            rows,
            columns,
            "The preprocessed image; then each layer's reconstruction, and the image less it. A row shares one scale; large images are cut to their middle.")
        .write(metrics, numbers);
  }
}
