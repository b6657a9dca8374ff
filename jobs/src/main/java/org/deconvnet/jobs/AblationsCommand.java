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
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet ablations --config conf/caltech101-adn-10.yaml \\",
      "    --input data/caltech10 --output RESULT"
    })
final class AblationsCommand implements Callable<Integer> {
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
      description = "Images to read: a folder of class folders, loose or packed.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the report.")
  String output;

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
          "Where to keep networks and pyramids for later runs with the same images and settings;"
              + " default: deconvnet-cache beside the output. Delete it whenever you like.")
  String cache;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "ablations")) {
      ExperimentOptions options = seed.in(ConfigLoader.load(spark, config));
      if (options.network().as(AdaptiveSettings.class).isEmpty()) {
        throw ConfigLoader.refused(
            spark,
            config,
            "network.model",
            "expected adn, which ablations are of, got " + options.network().family());
      }
      AblationRun run = new AblationRun(spark, options, partitions.count, cache);
      ConfigLoader.naming(
          spark,
          config,
          () -> run.run(input, classes, output, common.overwrite, common.terminal()));
      return 0;
    }
  }
}
