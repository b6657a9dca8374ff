package org.deconvnet.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.cnn.OcclusionOptions;
import org.deconvnet.spark.run.OcclusionRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "occlude",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a convolutional network needs of an image: a grey square slides over it, and the"
          + " probability of the image's class, the most probable class and the activity of a map"
          + " are watched (Zeiler and Fergus, 2014).",
      "An image's class is its folder where a class is called so, else the most probable one.",
      "Writes report.html, metrics.json and images/NAME/image.png, covered.png, probability.png,"
          + " activity.png and classes.png."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet occlude --model NETWORK.onnx --input PHOTOS --output RESULT")
final class OccludeCommand implements Callable<Integer> {
  private static final int MOST_IMAGES = 1000;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "Model to read: an ONNX file with a number a class as its output.")
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
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration to read: a YAML file.")
  String config;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "Layer whose map is watched: its number from 1, the name of a node or of what it gives,"
              + " or a part of it between slashes or dots; default: the last rectifier of maps.")
  String layer = "";

  @Option(
      names = "--map",
      paramLabel = "N",
      description =
          "Map of that layer, from 0; default: of each image the one with its strongest"
              + " activation.")
  @Within(least = 0)
  Integer map;

  @Option(
      names = "--size",
      paramLabel = "N",
      description =
          "Side of the square in pixels of the network's input; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = OcclusionOptions.MOST)
  int size = OcclusionOptions.DEFAULTS.size();

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Pixels from one place to the next; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = OcclusionOptions.MOST)
  int step = OcclusionOptions.DEFAULTS.step();

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description =
          "Names of the classes: JSON with a list classes, or text with a name a line; default: the"
              + " JSON file of the network's name beside it, if any.")
  String classNames = "";

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Images to show, drawn by the seed; default: ${DEFAULT-VALUE}.")
  @Within(least = 1, most = MOST_IMAGES)
  int images = 12;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "occlude")) {
      OcclusionRun.Options options =
          new OcclusionRun.Options(
              new OcclusionOptions(size, step),
              LayersOption.options(spark, config, layer.isEmpty() ? List.of() : List.of(layer)),
              map == null ? -1 : map,
              classNames,
              images,
              seed.or(1));
      new OcclusionRun(spark, partitions.count)
          .run(model, input, output, options, common.overwrite, common.terminal());
      return 0;
    }
  }
}
