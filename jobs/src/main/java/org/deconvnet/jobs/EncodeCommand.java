package org.deconvnet.jobs;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.CnnOptions;
import org.deconvnet.spark.run.ExtractionOptions;
import org.deconvnet.spark.run.ExtractionRun;
import org.deconvnet.spark.run.FeatureFormat;
import org.deconvnet.spark.run.TiledEncodingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the sparse codes of a folder of images by a dictionary (network.model: csc).",
      "Parquet: entries/, a row a non-zero: path, label, layer, the code's maps, height and width,"
          + " map, row, column, value.",
      "Npz: entries/PATH.npz, a matrix an image for scipy.sparse.load_npz, a row a map.",
      "Other models' codes are written too: this is extract --entries."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet encode --model MODEL --input PHOTOS --output CODES --format npz")
final class EncodeCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model to read: a folder that train wrote.")
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
      description = "Where to write the codes.")
  String output;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "One of parquet and npz; default: parquet.")
  FeatureFormat format = FeatureFormat.PARQUET;

  @Option(
      names = "--tiles",
      paramLabel = "SIDE",
      description =
          "For images too large for one task: cuts each into tiles of at most SIDE x SIDE places, spread over the cluster; 512 suits most."
              + " One image after the other, through the driver.")
  @Within(least = 2)
  Integer tiles;

  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    if (format != FeatureFormat.PARQUET && format != FeatureFormat.NPZ) {
      throw new ConfigException(
          "--format: expected parquet or npz, got " + format.name().toLowerCase(Locale.ROOT));
    }
    ExtractionOptions options =
        new ExtractionOptions(
            ExtractionOptions.Kind.ENTRIES,
            format,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (SparkSession spark = SparkRuntime.start(common, "encode")) {
      if (tiles != null) {
        new TiledEncodingRun(spark, partitions.count, tiles, format)
            .run(model, input, output, common.overwrite, common.terminal());
        return 0;
      }
      new ExtractionRun(spark, partitions.count, options, CnnOptions.DEFAULTS, text -> null)
          .run(model, input, output, common.overwrite, common.terminal());
      return 0;
    }
  }
}
