package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.ClassificationRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = {
      "Classifies a folder of images with a model that was trained on class folders.",
      "Where the images lie in folders of the model's classes, also measures the accuracy."
    })
final class ClassifyCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "DIR", description = "From train.")
  String model;

  @Option(names = "--input", required = true, paramLabel = "PATH", description = "Image folder.")
  String input;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  String out;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "classify")) {
      new ClassificationRun(spark, common.partitions)
          .run(model, input, out, common.overwrite, System.out);
      return 0;
    }
  }
}
