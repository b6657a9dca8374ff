package org.deconvnet.jobs;

import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.ImportRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a model of filters that were learned elsewhere, for extract, reconstruct and"
          + " visualize.",
      "The configuration says the kind of network, each layer's maps, filterSide, lambda and the"
          + " rest."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet import --config conf/quickstart.yaml --output MODEL \\",
      "    --filters layer1.npy,layer2.npy"
    })
final class ImportCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Configuration to read: a YAML file.")
  String config;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the model.")
  String output;

  @Option(
      names = "--filters",
      required = true,
      split = ",",
      paramLabel = "FILE",
      description =
          "NPY files from layer 1 up, float32 or float64: (maps, channels, rows, columns).")
  List<String> filters;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "import")) {
      new ImportRun(spark, ConfigLoader.loadToLearn(spark, config))
          .run(filters, output, common.overwrite, common.terminal());
      return 0;
    }
  }
}
