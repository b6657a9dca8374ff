package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.SegmentEvaluationRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how well a model labels pixels, on a folder with images/ and labels/: pixel"
          + " accuracy, mean accuracy, mean IU, frequency-weighted IU, and each class."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet segment evaluate --model MODEL --input LABELLED --output RESULT")
final class SegmentEvaluateCommand implements Callable<Integer> {
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
      description = "Where to write the measures and the report.")
  String output;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "segment evaluate")) {
      new SegmentEvaluationRun(spark, partitions.count)
          .run(
              model,
              input,
              output,
              text -> ConfigLoader.parseToSegment("of " + model, text),
              seed.or(1),
              common.overwrite,
              common.terminal());
      return 0;
    }
  }
}
