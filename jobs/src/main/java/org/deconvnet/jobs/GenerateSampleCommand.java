package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.SamplingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = "Draws images by a generator: a PNG file each, and one of all.",
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet generate sample --model MODEL --output SAMPLES")
final class GenerateSampleCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model to read: a folder that generate train wrote.")
  String model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the images.")
  String output;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Images to draw; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = SamplingRun.MOST)
  int count = 64;

  @Mixin SeedOption seed;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "generate sample")) {
      new SamplingRun(spark, common.terminal(), common.overwrite)
          .sample(model, output, count, seed.or(1));
      return 0;
    }
  }
}
