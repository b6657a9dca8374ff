package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.ReconstructionRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reconstruct",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what every layer of a model makes of every image of a folder.",
      "Writes images/NAME/input.png, layer1.png, layer1-residual.png, ... of the preprocessed image, and"
          + " the relative error, SNR and PSNR (peak 1) of each layer."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet reconstruct --model MODEL --input PHOTOS --output RESULT")
final class ReconstructCommand implements Callable<Integer> {
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
      description = "Where to write the pictures and the report.")
  String output;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "reconstruct")) {
      new ReconstructionRun(spark, partitions.count)
          .run(model, input, output, seed.or(1), common.overwrite, System.out);
      return 0;
    }
  }
}
