package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.SamplingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "interpolate",
    mixinStandardHelpOptions = true,
    description = "Draws the images between pairs of a generator's images, a row a pair.",
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet generate interpolate --model MODEL --output ROWS")
final class GenerateInterpolateCommand implements Callable<Integer> {
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
      names = "--rows",
      paramLabel = "N",
      description = "Pairs to draw; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = SamplingRun.MOST_ROWS)
  int rows = 8;

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Images of a row, both ends included; default: ${DEFAULT-VALUE}.")
  @Within(least = 2, most = SamplingRun.MOST_COLUMNS)
  int columns = 10;

  @Mixin SeedOption seed;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "generate interpolate")) {
      new SamplingRun(spark, common.terminal(), common.overwrite)
          .interpolate(model, output, rows, columns, seed.or(1));
      return 0;
    }
  }
}
