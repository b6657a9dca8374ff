package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.VisualizationRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "visualize",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what every map of a model responds to: its strongest activations over the images of a folder,"
          + " each alone in pixels, beside the image patches.",
      "Writes report.html, metrics.json, which names the images, and a picture a map"
          + " (images/layer1/map00.png, ...)."
    })
final class VisualizeCommand implements Callable<Integer> {
  private static final int MOST = 100;

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
  @Within(least = 1, most = MOST)
  int top = 9;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
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
