package org.deconvnet.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.DryRun;
import org.deconvnet.spark.run.ExtractionRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description =
        "Writes the features of a folder of images as Parquet: path, label, layer, features.",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet extract --model MODEL --input PHOTOS --output FEATURES \\",
      "    --layers 1,2"
    })
final class ExtractCommand implements Callable<Integer> {
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
      description = "Where to write the features.")
  String output;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description = "Layers to extract; default: all.")
  @Within(least = 1)
  List<Integer> layers = List.of();

  @Mixin PartitionsOption partitions;
  @Mixin DryRunOption dry;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "extract")) {
      if (dry.wanted) {
        new DryRun(spark, common.terminal()).using(model, input, output, false);
        return 0;
      }
      new ExtractionRun(spark, partitions.count)
          .run(model, input, output, layers, common.overwrite, common.terminal());
      return 0;
    }
  }
}
