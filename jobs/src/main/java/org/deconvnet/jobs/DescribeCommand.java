package org.deconvnet.jobs;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.DescribeRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description =
        "Says what a model is, what it was learned from, by which program, and how large it is. Of a"
            + " network in an ONNX file: its nodes, and which of them visualize can show.",
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet describe --model MODEL --output PICTURES")
final class DescribeCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "Model to read: a folder that train wrote, or an ONNX file.")
  String model;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to write pictures of the filters; default: nowhere.")
  String output;

  @Option(names = "--as-json", description = "Print JSON in place of lines.")
  boolean json;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "describe")) {
      new DescribeRun(spark)
          .run(model, Optional.ofNullable(output), json, common.overwrite, System.out);
      return 0;
    }
  }
}
