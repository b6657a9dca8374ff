package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.run.DryRun;
import org.deconvnet.spark.run.TrainingRun;
import org.deconvnet.spark.store.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Learns a network from a folder of images, without labels.",
      "Where the folder has classes, also learns a classifier on the features."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet train --config conf/quickstart.yaml --input PHOTOS --output MODEL")
final class TrainCommand implements Callable<Integer> {
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
      names = "--masks",
      paramLabel = "DIR",
      description =
          "Folder of PNG files of the images' sizes, black where a pixel is hidden: one at each"
              + " image's path below PATH, .png in place of its extension. Filters are learned from"
              + " what is seen (network.model: csc).")
  String masks;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin DryRunOption dry;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "train")) {
      ExperimentOptions options = seed.in(ConfigLoader.loadToLearn(spark, config));
      Terminal terminal = common.terminal();
      TrainingRun run = new TrainingRun(spark, options, partitions.count, masks);
      DryRun trial = new DryRun(spark, terminal);
      ConfigLoader.naming(
          spark,
          config,
          () -> {
            if (dry.wanted) {
              run.requireMasks();
              trial.learning(options, input, output, 0, 1);
            } else {
              run.run(input, output, common.overwrite, terminal);
            }
          });
      return 0;
    }
  }
}
