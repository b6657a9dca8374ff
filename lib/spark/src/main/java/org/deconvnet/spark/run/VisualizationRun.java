package org.deconvnet.spark.run;

import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.exec.DistributedActivations;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.page.DecompositionPictures;
import org.deconvnet.spark.page.ImageReport;
import org.deconvnet.spark.page.MapPictures;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.page.VisualizationReport;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.tensor.Checks;
import org.deconvnet.view.StrongestImages;
import org.deconvnet.words.Count;

/**
 * What the maps of a network respond to: for each map of each layer the images of a folder that
 * excite it most, their activations in pixels beside the image patches. Either kind of network. Of
 * an adaptive network with layers above the first also activations of the top layer, taken apart.
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
   * @param seed decides whose activations are taken apart
   */
  public record Options(int top, long seed) {
    public Options {
      Checks.atLeast("top activations of a map", 1, top);
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
      VisualizationReport report =
          new VisualizationReport(
              new ImageReport("What the maps respond to", prepared, output, progress)
                  .of(corpus.root(), folder.network().network(), model),
              pictures);
      report.of(corpus.root(), prepared.count(), folder.network().network());
      try (MapPictures maps = maps(folder.network(), prepared, options.top(), progress)) {
        report.maps(maps);
      }
      decompose(folder.network(), prepared, options.seed(), progress)
          .ifPresent(report::decompositions);
      report.write();
      output.complete();
    }
  }

  private static <N extends Network> MapPictures maps(
      LayeredModel<N, ?> model, PreparedCorpus prepared, int top, Progress progress) {
    DistributedActivations<N> activations =
        new DistributedActivations<>(prepared.images(), model.network(), model.getEngine());
    StrongestImages best =
        progress.stage(
            "search",
            "searching %s for the strongest %s of each map"
                .formatted(
                    Count.of(prepared.count(), "image"),
                    top == 1 ? "activation" : top + " activations"),
            () -> activations.strongest(top));
    return progress.stage(
        "draw",
        "drawing them in pixels, from " + Count.of(best.byImage().size(), "image"),
        () -> MapPictures.of(activations, best, top));
  }

  /** Nothing for a network without switches, or of a single layer. */
  private static Optional<DecompositionPictures> decompose(
      LayeredModel<?, ?> model, PreparedCorpus prepared, long seed, Progress progress) {
    Network network = model.network();
    if (!network.hasSwitches() || network.depth() < 2) {
      return Optional.empty();
    }
    return Optional.of(
            progress.stage(
                "decompose",
                "taking activations of layer %d apart".formatted(network.depth()),
                () -> DecompositionPictures.of(network, model.getEngine(), prepared, seed)))
        .filter(pictures -> !pictures.isEmpty());
  }
}
