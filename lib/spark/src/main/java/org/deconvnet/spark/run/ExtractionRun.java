package org.deconvnet.spark.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.OptionException;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.spark.ml.ImagePreprocessor;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.words.Count;

/**
 * A folder of images to Parquet, one row an image and layer: path, label, layer, features (size,
 * indices and values of the code's non-zeros).
 */
public final class ExtractionRun {
  private final SparkSession spark;
  private final int partitions;

  public ExtractionRun(SparkSession spark, int partitions) {
    this.spark = spark;
    this.partitions = partitions;
  }

  /**
   * @param layers from 1; empty for all
   */
  public void run(
      String model,
      String input,
      String out,
      List<Integer> layers,
      boolean overwrite,
      PrintStream terminal) {
    SeparateFolders.require(spark, out, input);
    SeparateFolders.requireKept(spark, out, model);
    ModelFolder folder = ModelFolder.read(spark, model);
    LayeredModel<?, ?> network = folder.network();
    List<Integer> wanted = wanted(layers, network.network().depth());
    ImageCorpus corpus = ImageCorpus.open(spark, input, Set.of(), 0);
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    ImagePreprocessor preprocessor = folder.preprocessor();
    try (Progress progress = new Progress(terminal, output, 1);
        PreparedCorpus prepared =
            PreparedCorpus.of(
                corpus, preprocessor, ExperimentOptions.OnBadImage.SKIP, partitions, progress)) {
      progress.stage(
          "extract",
          "extracting %s %s of %s"
              .formatted(
                  Count.noun(wanted.size(), "layer"), wanted, Count.of(prepared.count(), "image")),
          () -> {
            write(network, prepared.images(), wanted, output.path("features"));
            return null;
          });
      long bytes = output.bytes("features");
      output.write(
          "metrics.json",
          new Metrics()
              .put("images", prepared.count())
              .put("layers", wanted)
              .put("bytes_per_image", bytes / Math.max(1, prepared.count()))
              .put("fingerprint", network.network().fingerprint())
              .prepared(prepared)
              .put("seconds", progress.seconds())
              .toJson());
      output.complete();
      progress.say(Metrics.sayWhereNamed(prepared.skipped(), output));
      progress.say(
          "features: %s, %s an image"
              .formatted(
                  output.display("features"),
                  Count.grouped(bytes / Math.max(1, prepared.count()), "byte")));
    }
  }

  private static List<Integer> wanted(List<Integer> layers, int depth) {
    for (int layer : layers) {
      if (layer < 1 || layer > depth) {
        throw new OptionException(
            "--layers: expected layers from 1 to %d, since the model has %s, got %d"
                .formatted(depth, Count.of(depth, "layer"), layer));
      }
    }
    if (Set.copyOf(layers).size() < layers.size()) {
      throw new OptionException("--layers: expected each layer once, got " + layers);
    }
    return layers.isEmpty() ? IntStream.rangeClosed(1, depth).boxed().toList() : layers;
  }

  private static void write(
      LayeredModel<?, ?> network, Dataset<Row> images, List<Integer> layers, String path) {
    // One inference serves all layers' rows.
    Dataset<Row> codes = network.codes(images).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> all = null;
    for (int layer : layers) {
      Dataset<Row> one =
          codes.select(
              col("path"),
              col("label"),
              lit(layer).as("layer"),
              col(LayeredModel.layerColumn(layer)).as("features"));
      all = all == null ? one : all.union(one);
    }
    // A dictionary of numbers that hardly repeat costs more than a tenth of the run.
    all.write()
        .option("parquet.enable.dictionary#features.indices.list.element", "false")
        .option("parquet.enable.dictionary#features.values.list.element", "false")
        .parquet(path);
    codes.unpersist();
  }
}
