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
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet visualize --model MODEL --input PHOTOS --output RESULT --top 9")
final class VisualizeCommand implements Callable<Integer> {
  private static final int MOST = 100;

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
      description = "Where to write the pictures and the report.")
  String output;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Images to show for each map; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = MOST)
  int top = 9;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "visualize")) {
      new VisualizationRun(spark, partitions.count)
          .run(
              model,
              input,
              output,
              new VisualizationRun.Options(top, seed.or(1)),
              common.overwrite,
              System.out);
      return 0;
    }
  }
}
