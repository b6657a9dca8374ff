package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.DeconvolutionalSettings;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.run.LearnerComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compare-learners",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the distributed learner of a network of 2010 beside the paper's own.",
      "Learns on 1, 2 and 5 partitions, or as many as --partitions says, and with the paper's update"
          + " after every image; reports the objective against passes and seconds."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet compare-learners --config conf/fruit-dn.yaml --input PHOTOS \\",
      "    --output RESULT"
    })
final class CompareLearnersCommand implements Callable<Integer> {
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
      description = "Where to write the report.")
  String output;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "compare-learners")) {
      ExperimentOptions options = seed.in(ConfigLoader.load(spark, config));
      if (options.network().as(DeconvolutionalSettings.class).isEmpty()) {
        throw ConfigLoader.refused(
            spark,
            config,
            "network.model",
            "expected dn, whose learners are compared, got " + options.network().family());
      }
      LearnerComparison run = new LearnerComparison(spark, options, partitions.count);
      ConfigLoader.naming(
          spark, config, () -> run.run(input, output, common.overwrite, System.out));
      return 0;
    }
  }
}
