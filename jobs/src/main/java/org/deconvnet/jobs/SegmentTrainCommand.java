package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.SegmentExperiment;
import org.deconvnet.spark.run.SegmentTrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Learns to label pixels from a folder with images/ and labels/.",
      "The labels of images/NAME.jpg are labels/NAME.png, a class a pixel: its grey value or its"
          + " number in the palette; 255 is void."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet segment train --config conf/segment-cnn.yaml --input LABELLED \\",
      "    --output MODEL"
    })
final class SegmentTrainCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Configuration to read: a YAML file.")
  String config;

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
      description = "Where to write the model and its report.")
  String output;

  @Option(
      names = "--network",
      paramLabel = "PATH",
      description =
          "Network whose layers are scored (segment.head.layers) and stay as they are: a folder"
              + " that train wrote, or an ONNX file.")
  String network;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "segment train")) {
      SegmentExperiment options = seed.in(ConfigLoader.loadToSegment(spark, config));
      new SegmentTrainingRun(spark, options, network, partitions.count)
          .run(input, output, common.overwrite, common.terminal());
      return 0;
    }
  }
}
