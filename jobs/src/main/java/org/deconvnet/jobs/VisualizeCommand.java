package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.experiment.VisualizationRun;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "visualize",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what every map of a model responds to: its strongest activations over the images of a folder,"
          + " each alone in pixels, beside the image patches.",
      "Writes report.html, a picture a map (images/layer1/map00.png, ...) and metrics.json, which names the"
          + " images."
    })
final class VisualizeCommand implements Callable<Integer> {
  private static final int MOST = 100;

  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "From train.")
  String model;

  @Option(names = "--input", required = true, paramLabel = "PATH", description = "Image folder.")
  String input;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  String out;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Images to show for each map; default: ${DEFAULT-VALUE}.")
  int top = 9;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    if (top < 1 || top > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--top: expected a number from 1 to %d, got %d".formatted(MOST, top));
    }
    try (SparkSession spark = SparkRuntime.start(common, "visualize")) {
      new VisualizationRun(spark, common.partitions)
          .run(
              model,
              input,
              out,
              new VisualizationRun.Options(top, common.seedOr(1)),
              common.overwrite,
              System.out);
      return 0;
    }
  }
}
