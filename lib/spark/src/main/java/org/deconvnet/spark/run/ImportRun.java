package org.deconvnet.spark.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.spark.config.ConfigurationText;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.config.GivenFilter;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.ml.LayeredModel;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.store.NpyArray;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.tensor.UserErrorException;

/**
 * Filters that were learned elsewhere to a model, which classifies nothing: NPY files, one a layer;
 * a configuration says all else.
 */
public final class ImportRun {
  private final SparkSession spark;
  private final ExperimentOptions options;

  public ImportRun(SparkSession spark, ExperimentOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * @param files from the image upwards
   */
  public void run(List<String> files, String out, boolean overwrite, PrintStream terminal) {
    files.forEach(file -> SeparateFolders.requireKept(spark, out, file));
    List<GivenFilter> filters = files.stream().map(this::read).toList();
    LayeredModel<?, ?> model =
        options
            .network()
            .learned()
            .withFilters(filters, options.preprocess().grey() ? 1 : 3, options.seed());
    Network network = model.network();
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1)) {
      progress.stage(
          "write",
          "writing the model",
          () -> {
            ModelFolder.write(
                output,
                List.of(options.preprocessor(), model),
                List.of(),
                network.fingerprint(),
                ConfigurationText.of(options),
                String.join(", ", files));
            return null;
          });
      output.write(
          "metrics.json",
          new Metrics()
              .put("fingerprint", network.fingerprint())
              .put("imported", LayerFacts.of(network))
              .time(progress)
              .toJson());
      output.complete();
      for (int number = 1; number <= network.depth(); number++) {
        progress.say(norms(network.filters(number), number));
      }
      progress.say("model: " + output.display());
      progress.say("fingerprint: " + network.fingerprint());
    }
  }

  private GivenFilter read(String file) {
    Path path = new Path(file);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!fileSystem.exists(path) || fileSystem.getFileStatus(path).isDirectory()) {
        throw new UserErrorException(
            "filters %s: expected an NPY file, got %s"
                .formatted(file, fileSystem.exists(path) ? "a folder" : "nothing there"));
      }
      try (InputStream in = fileSystem.open(path)) {
        return new GivenFilter("filters " + file, NpyArray.read(in, "filters " + file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** λ of shipped configurations is for filters of norm 1. */
  private static String norms(FilterBank filters, int number) {
    double[] norms =
        IntStream.range(0, filters.maps()).mapToDouble(filters::norm).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "layer %d: %d filters of norm %.3f to %.3f; lambda means the same as in training where"
            + " norms are 1",
        number,
        norms.length,
        norms[0],
        norms[norms.length - 1]);
  }
}
