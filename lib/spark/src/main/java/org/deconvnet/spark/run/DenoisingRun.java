package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.network.Weighted;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.restore.Denoiser;
import org.deconvnet.restore.GaussianNoise;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.CorpusException;
import org.deconvnet.spark.corpus.ImageCorpus;
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
 * A folder of images, denoised by every layer of a network whose weights noise may choose. Clean
 * images get noise first, and SNR and PSNR say what denoising gained.
 */
public final class DenoisingRun {
  /** 1 of 255 tones: the unit that deviations are given in. */
  private static final double TONE = 1.0 / 255;

  private final SparkSession spark;
  private final int partitions;

  public DenoisingRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param sigma standard deviation of the noise to add, in 1/255 of the pixels' range; null: the
   *     images are noisy already
   * @param seed of the noise, and of which images the page shows
   * @param lambdas weights λ in place of the model's, one a layer; empty: the model's own
   */
  public record Options(Double sigma, long seed, List<Double> lambdas) {
    public Options {
      lambdas = List.copyOf(lambdas);
    }

    private GaussianNoise noise() {
      return sigma == null ? null : new GaussianNoise(sigma * TONE, seed);
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
    ModelFolder folder = ModelFolder.read(spark, model);
    Weighted network =
        new ChosenWeights(options.lambdas()).in(weighted(folder, model), Weighted::withLambdas);
    PreprocessOptions preprocessing = folder.preprocessor().toOptions();
    Denoiser.requirePixels(preprocessing);
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    MemoryNeed.requireToInfer(spark, corpus, folder, partitions);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    ImagePreprocessor decoder = folder.preprocessor().setOptions(Denoiser.pixels(preprocessing));
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, decoder, ExperimentOptions.OnBadImage.SKIP, partitions, progress)) {
      PictureFolder pictures = new PictureFolder(spark, output);
      DenoisingWork work = new DenoisingWork(pictures, preprocessing, options.noise());
      String engine = folder.network().getEngine();
      try (ImageNumbers numbers = numbers(network, engine, prepared, work, progress)) {
        report(
            network,
            options,
            numbers,
            PictureRows.of(pictures, prepared, options.seed()),
            new ImageReport("Denoising", prepared, output, progress)
                .of(corpus.root(), network, model));
        output.complete();
      }
    }
  }

  private static Weighted weighted(ModelFolder folder, String model) {
    Network network = folder.network().network();
    return network
        .as(Weighted.class)
        .orElseThrow(
            () ->
                new CorpusException(
                    "model %s: expected one that denoises (network.model: dn or csc), got one of network.model %s; train one with conf/denoise-dn.yaml or conf/csc.yaml"
                        .formatted(model, network.family())));
  }

  private static ImageNumbers numbers(
      Weighted network,
      String engine,
      PreparedCorpus prepared,
      DenoisingWork work,
      Progress progress) {
    List<String> keys = work.noise() == null ? List.of() : DenoisingWork.keys(network.depth());
    return progress.stage(
        "denoise",
        "denoising %s by %s"
            .formatted(Count.of(prepared.count(), "image"), Count.of(network.depth(), "layer")),
        () -> ImageNumbers.of(prepared.images(), network, engine, keys, work));
  }

  private static void report(
      Weighted network,
      Options options,
      ImageNumbers numbers,
      PictureRows rows,
      ImageReport report) {
    Map<String, Double> means = numbers.means();
    long images = numbers.perImage().count();
    Metrics metrics =
        new Metrics()
            .put("images", images)
            .put("sigma", options.sigma())
            .put("seed", options.seed())
            .put("lambda", ChosenWeights.of(network))
            .put("fingerprint", network.fingerprint());
    means.forEach(metrics::put);
    bestOf(network.depth(), means)
        .ifPresent(
            best ->
                report.keyFigure(
                    String.format(Locale.ROOT, "%.2f dB", best),
                    String.format(
                        Locale.ROOT,
                        "mean SNR of the best layer; %.2f dB before denoising",
                        means.get("snr_noisy"))));
    report
        .facts(facts(network.depth(), options, images, means))
        .rows(rows, columns(network.depth(), options), "Large images are cut to their middle.")
        .write(metrics, numbers);
  }

  /** The largest mean SNR of all layers; none where nothing was measured. */
  private static OptionalDouble bestOf(int depth, Map<String, Double> means) {
    return means.get("snr_noisy") == null
        ? OptionalDouble.empty()
        : IntStream.rangeClosed(1, depth)
            .mapToObj(n -> means.get("snr_denoised_layer" + n))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max();
  }

  private static Map<String, String> facts(
      int depth, Options options, long images, Map<String, Double> means) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("images", Long.toString(images));
    if (options.sigma() != null) {
      facts.put(
          "noise", "standard deviation " + options.sigma() + " / 255; means over the images:");
      facts.put("noisy", ImageReport.decibels(means, "snr_noisy", "psnr_noisy"));
      for (int n = 1; n <= depth; n++) {
        facts.put(
            "layer " + n,
            ImageReport.decibels(means, "snr_denoised_layer" + n, "psnr_denoised_layer" + n));
      }
    }
    return facts;
  }

  private static List<String> columns(int depth, Options options) {
    List<String> columns = new ArrayList<>(List.of(DenoisingWork.NOISY));
    IntStream.rangeClosed(1, depth).mapToObj(ReconstructionWork::layer).forEach(columns::add);
    if (options.sigma() != null) {
      columns.add(DenoisingWork.CLEAN);
    }
    return columns;
  }
}
