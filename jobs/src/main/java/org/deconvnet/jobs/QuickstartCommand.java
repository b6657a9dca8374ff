package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.ExperimentOptions;
import org.deconvnet.spark.run.BenchmarkRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = "Learns from the photographs that ship with the program, classifies, reports.",
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet quickstart")
final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/quickstart",
      description = "Where to write the report; default: ${DEFAULT-VALUE}.")
  String output;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${sys:deconvnet.home:-.}",
      description = "Folder that holds conf/ and data/; default: the checkout.")
  String home;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "quickstart")) {
      ExperimentOptions options = seed.in(ConfigLoader.load(spark, home + "/conf/quickstart.yaml"));
      new BenchmarkRun(spark, options, partitions.count, null, true)
          .run(home + "/data/caltech10", null, 0, output, common.overwrite, common.terminal());
      return 0;
    }
  }
}
