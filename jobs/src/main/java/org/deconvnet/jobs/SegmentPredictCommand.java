package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.SegmentPredictionRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Labels the pixels of a folder of images.",
      "Writes images/NAME/labels.png, a class a pixel, and colours.png."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet segment predict --model MODEL --input PHOTOS --output RESULT")
final class SegmentPredictCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model to read: a folder that segment train wrote.")
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
      description = "Where to write the labels and the report.")
  String output;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "segment predict")) {
      new SegmentPredictionRun(spark, partitions.count)
          .run(model, input, output, seed.or(1), common.overwrite, common.terminal());
      return 0;
    }
  }
}
