package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.AdaptiveSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.run.AblationRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ablations",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what switches and the image as target contribute to a network of 2011.",
      "Reports reconstruction error and accuracy of each layer with its own switches, with those of"
          + " another image, with block centres, and with layers learned for the maps below them in"
          + " place of the image."
    })
final class AblationsCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML file.")
  String config;

  @Option(names = "--input", required = true, paramLabel = "PATH", description = "Class folders.")
  String input;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  String out;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Use the first N classes by name; default: all.")
  @Within(least = 2)
  int classes;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Networks and pyramids of earlier runs with the same images and settings; default:"
              + " deconvnet-cache beside the output.")
  String cache;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "ablations")) {
      ExperimentOptions options = common.seeded(ConfigLoader.load(spark, config));
      if (!(options.network() instanceof AdaptiveSettings)) {
        throw ConfigLoader.refused(
            spark, config, "network.model", "expected adn, which ablations are of, got dn");
      }
      AblationRun run = new AblationRun(spark, options, common.partitions, cache);
      ConfigLoader.naming(
          spark, config, () -> run.run(input, classes, out, common.overwrite, System.out));
      return 0;
    }
  }
}
