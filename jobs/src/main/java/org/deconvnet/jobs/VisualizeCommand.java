package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.RectifierRule;
import org.deconvnet.spark.run.VisualizationRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "visualize",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what every map of a model responds to: its strongest activations over the images of a"
          + " folder, each alone in pixels, beside the image patches.",
      "The model is a folder that train wrote, or a convolutional network in an ONNX file. Through"
          + " the latter an activation is carried down by its deconvolution (Zeiler and Fergus,"
          + " 2014); a configuration with network.model onnx says how images come to it.",
      "Writes report.html, metrics.json, which names the images, and a picture and a page a map"
          + " (images/layer1/map00.png, maps/layer1/map00.html, ...)."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet visualize --model MODEL --input PHOTOS --output RESULT --top 9")
final class VisualizeCommand implements Callable<Integer> {
  private static final int MOST = 100;

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
      description = "Where to write the pictures and the report.")
  String output;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Images to show for each map; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = MOST)
  int top = 9;

  @Option(
      names = "--maps",
      paramLabel = "N",
      description = "Maps to show of each layer, from the first on; default: all.")
  @Within(least = 1)
  Integer maps;

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description =
          "How a rectifier of an ONNX network is gone down through: deconvnet, gradient or guided;"
              + " default: deconvnet.")
  RectifierRule rule = RectifierRule.DECONVNET;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration to read: a YAML file.")
  String config;

  @Mixin LayersOption layers;
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
              new VisualizationRun.Options(
                  top, maps == null ? 0 : maps, seed.or(1), rule, layers.options(spark, config)),
              common.overwrite,
              common.terminal());
      return 0;
    }
  }
}
