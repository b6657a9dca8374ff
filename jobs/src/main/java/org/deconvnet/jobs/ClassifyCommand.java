package org.deconvnet.jobs;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.ClassificationRun;
import org.deconvnet.spark.run.DryRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = {
      "Classifies a folder of images with a model that was trained on class folders.",
      "Where the images lie in folders of the model's classes, also measures the accuracy."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet classify --model MODEL --input PHOTOS --output RESULT")
final class ClassifyCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model to read: a folder that train wrote.")
  String model;

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
      description = "Where to write the predictions and the report.")
  String output;

  @Mixin PartitionsOption partitions;
  @Mixin DryRunOption dry;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "classify")) {
      if (dry.wanted) {
        new DryRun(spark, common.terminal()).using(model, input, output, Optional.empty());
        return 0;
      }
      new ClassificationRun(spark, partitions.count)
          .run(model, input, output, common.overwrite, common.terminal());
      return 0;
    }
  }
}
