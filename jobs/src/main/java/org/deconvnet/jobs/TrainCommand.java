package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.run.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Learns a network from a folder of images, without labels.",
      "Where the folder has classes, also learns a classifier on the features."
    })
final class TrainCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML file.")
  String config;

  @Option(names = "--input", required = true, paramLabel = "PATH", description = "Image folder.")
  String input;

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "Where to write.")
  String model;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "train")) {
      ExperimentOptions options = common.seeded(ConfigLoader.load(spark, config));
      TrainingRun run = new TrainingRun(spark, options, common.partitions);
      ConfigLoader.naming(spark, config, () -> run.run(input, model, common.overwrite, System.out));
      return 0;
    }
  }
}
