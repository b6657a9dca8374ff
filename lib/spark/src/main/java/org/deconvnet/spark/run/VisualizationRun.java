package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Layers;
import org.deconvnet.network.Network;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.network.cnn.RectifierRule;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.DistributedActivations;
import org.deconvnet.spark.ml.DecodingStage;
import org.deconvnet.spark.ml.OnnxNetwork;
import org.deconvnet.spark.page.DecompositionPictures;
import org.deconvnet.spark.page.ImageReport;
import org.deconvnet.spark.page.MapPictures;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.page.VisualizationReport;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.Checks;
import org.deconvnet.tensor.UserErrorException;
import org.deconvnet.view.StrongestImages;
import org.deconvnet.words.Count;

/**
 * What the maps of a network respond to: for each map of each layer the images of a folder that
 * excite it most, their activations in pixels beside the image patches. Of any family, and of
 * networks that were learned elsewhere. Of an adaptive network with layers above the first also
 * activations of the top layer, taken apart.
 */
public final class VisualizationRun {
  private final SparkSession spark;
  private final int partitions;

  public VisualizationRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param top images to show for each map, at least 1
   * @param maps most maps of a layer to show, from the first on; 0: all
   * @param seed decides whose activations are taken apart
   * @param rule of a network that was learned elsewhere
   * @param cnn as above
   */
  public record Options(int top, int maps, long seed, RectifierRule rule, CnnOptions cnn) {
    public Options {
      Checks.atLeast("top activations of a map", 1, top);
      Checks.atLeast("maps of a layer", 0, maps);
    }
  }

  /** What is looked at. */
  private record Shown<N extends Layers>(N network, DecodingStage images, String engine) {}

  public void run(
      String model,
      String input,
      String out,
      Options options,
      boolean overwrite,
      PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    run(shown(model, corpus, options), model, corpus, out, options, overwrite, terminal);
  }

  private Shown<?> shown(String model, ImageCorpus corpus, Options options) {
    if (CnnFormat.isNetwork(model)) {
      OnnxNetwork stage = OnnxNetwork.of(spark, model, options.cnn);
      return new Shown<>(
          stage.network().withRule(options.rule).withinReach(),
          stage.crop(),
          ConvolutionEngines.AUTO);
    }
    requireNothingOfOthers(options);
    ModelFolder folder = ModelFolder.read(spark, model);
    MemoryNeed.requireToInfer(spark, corpus, folder, partitions);
    return new Shown<>(
        folder.network().network(), folder.preprocessor(), folder.network().getEngine());
  }

  private static void requireNothingOfOthers(Options options) {
    if (options.rule != RectifierRule.DECONVNET || !options.cnn.equals(CnnOptions.DEFAULTS)) {
      throw new UserErrorException(
          "--rule, --layers, --config: expected with a network in an ONNX file alone; this model was learned here, and all its layers are shown");
    }
  }

  private <N extends Layers> void run(
      Shown<N> shown,
      String model,
      ImageCorpus corpus,
      String out,
      Options options,
      boolean overwrite,
      PrintStream terminal) {
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, shown.images, ExperimentOptions.OnBadImage.SKIP, partitions, progress)) {
      PictureFolder pictures = new PictureFolder(spark, output);
      VisualizationReport report =
          new VisualizationReport(
              new ImageReport("What the maps respond to", prepared, output, progress)
                  .of(corpus.root(), shown.network, model),
              pictures);
      report.of(corpus.root(), prepared.count(), shown.network);
      try (MapPictures maps = maps(shown, prepared, options, progress)) {
        report.maps(maps);
      }
      if (shown.network instanceof Network network) {
        decompose(network, shown.engine, prepared, options.seed, progress)
            .ifPresent(report::decompositions);
      }
      report.write();
      output.complete();
    }
  }

  private static <N extends Layers> MapPictures maps(
      Shown<N> shown, PreparedCorpus prepared, Options options, Progress progress) {
    DistributedActivations<N> activations =
        new DistributedActivations<>(prepared.images(), shown.network, shown.engine);
    StrongestImages all =
        progress.stage(
            "search",
            "searching %s for the strongest %s of each map"
                .formatted(
                    Count.of(prepared.count(), "image"),
                    options.top == 1 ? "activation" : options.top + " activations"),
            () -> activations.strongest(options.top));
    StrongestImages best = options.maps == 0 ? all : all.ofFirst(options.maps);
    return progress.stage(
        "draw",
        "drawing them in pixels, from " + Count.of(best.byImage().size(), "image"),
        () -> MapPictures.of(activations, best, options.top));
  }

  /** Nothing for a network without switches, or of a single layer. */
  private static Optional<DecompositionPictures> decompose(
      Network network, String engine, PreparedCorpus prepared, long seed, Progress progress) {
    if (!network.hasSwitches() || network.depth() < 2) {
      return Optional.empty();
    }
    return Optional.of(
            progress.stage(
                "decompose",
                "taking activations of layer %d apart".formatted(network.depth()),
                () -> DecompositionPictures.of(network, engine, prepared, seed)))
        .filter(pictures -> !pictures.isEmpty());
  }
}
