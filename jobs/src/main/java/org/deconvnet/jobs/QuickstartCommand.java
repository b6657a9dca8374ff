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
    description = "Learns from the photographs that ship with the program, classifies, reports.")
final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/quickstart",
      description = "Where to write; default: ${DEFAULT-VALUE}.")
  String out;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "${sys:deconvnet.home:-.}",
      description = "Folder that holds conf/ and data/; default: the checkout.")
  String home;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "quickstart")) {
      ExperimentOptions options =
          common.seeded(ConfigLoader.load(spark, home + "/conf/quickstart.yaml"));
      new BenchmarkRun(spark, options, common.partitions, null, true)
          .run(home + "/data/caltech10", null, 0, out, common.overwrite, System.out);
      return 0;
    }
  }
}
