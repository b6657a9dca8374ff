package org.deconvnet.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnFormat;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.run.DryRun;
import org.deconvnet.spark.run.ExtractionOptions;
import org.deconvnet.spark.run.ExtractionRun;
import org.deconvnet.spark.run.FeatureFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the features of a folder of images.",
      "Without options these are every layer's sparse code, as Parquet: path, label, layer,"
          + " features.",
      "Entries are the same codes as rows of map, row, column and value, or a sparse matrix an"
          + " image (npz).",
      "The model may be a convolutional network in an ONNX file: then these are its layers' values;"
          + " a configuration with network.model onnx says how images come to it.",
      "Pyramids are vectors of one length for all images, for scikit-learn, MLlib and others.",
      "Their words are the model's; where it has none, they are learned from the images by the"
          + " configuration, the model's own unless another is given, and lie in the output."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet extract --model MODEL --input PHOTOS --output FEATURES \\",
      "    --pyramids --format npy"
    })
final class ExtractCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "Model to read: a folder that train wrote, or an ONNX file.")
  String model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Images to read: a folder, loose or packed.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the features.")
  String output;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration to read: a YAML file.")
  String config;

  @Option(names = "--entries", description = "A row for each non-zero of the codes.")
  boolean entries;

  @Option(names = "--pyramids", description = "Spatial pyramids: vectors of one length.")
  boolean pyramids;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "One of parquet, npz (with --entries), npy and libsvm (with --pyramids); default:"
              + " parquet.")
  FeatureFormat format = FeatureFormat.PARQUET;

  @Option(
      names = "--words",
      paramLabel = "DIR",
      description = "Words for the pyramids: the output of an earlier extract that learned them.")
  String words;

  @Mixin LayersOption layers;
  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin DryRunOption dry;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    ExtractionOptions.Kind kind = kind();
    try (SparkSession spark = SparkRuntime.start(common, "extract")) {
      ExtractionOptions options =
          new ExtractionOptions(
              kind,
              format,
              layers.names(),
              Optional.ofNullable(words),
              CnnFormat.isNetwork(model)
                  ? Optional.empty()
                  : Optional.ofNullable(config).map(file -> ConfigLoader.load(spark, file)),
              Optional.ofNullable(seed.seed));
      if (dry.wanted && CnnFormat.isNetwork(model)) {
        throw new ConfigException(
            "--dry-run: expected a model that was learned here, got an ONNX network; try it on a folder of a few images");
      }
      if (dry.wanted) {
        new DryRun(spark, common.terminal()).using(model, input, output, Optional.of(options));
        return 0;
      }
      new ExtractionRun(
              spark,
              partitions.count,
              options,
              CnnFormat.isNetwork(model) ? layers.options(spark, config) : CnnOptions.DEFAULTS,
              ExtractCommand::ofTheModel)
          .run(model, input, output, common.overwrite, common.terminal());
      return 0;
    }
  }

  private ExtractionOptions.Kind kind() {
    if (entries && pyramids) {
      throw new ConfigException(
          "--entries, --pyramids: expected one of them, got both; run extract twice");
    }
    return pyramids
        ? ExtractionOptions.Kind.PYRAMIDS
        : entries ? ExtractionOptions.Kind.ENTRIES : ExtractionOptions.Kind.CODES;
  }

  private static ExperimentOptions ofTheModel(String text) {
    try {
      return ConfigLoader.parse(
          "of the model", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading bytes in memory does not fail", e);
    }
  }
}
