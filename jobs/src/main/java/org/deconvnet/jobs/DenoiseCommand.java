package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.DenoisingRun;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "denoise",
    mixinStandardHelpOptions = true,
    description = {
      "Denoises a folder of images by every layer of a model (network.model: dn or csc).",
      "With --sigma, noise is added to clean images first, and SNR and PSNR say what denoising"
          + " gains; an image's noise follows from its path below PATH and --seed (default 1)"
          + " alone.",
      "Writes images/NAME/noisy.png, layer1.png, layer2.png, ..., clean.png."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet denoise --model MODEL --input PHOTOS --output RESULT --sigma 25")
final class DenoiseCommand implements Callable<Integer> {
  /** More drowns any image, and would make local contrast divide. */
  private static final double LARGEST = 100;

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

  @ArgGroup(multiplicity = "1")
  Noise noise;

  /** One of the two. */
  static final class Noise {
    @Option(
        names = "--sigma",
        paramLabel = "S",
        description =
            "Standard deviation of the Gaussian noise to add, in units of 1/255 of the pixels'"
                + " range.")
    @Within(above = 0, most = LARGEST)
    Double sigma;

    @Option(
        names = "--noisy",
        description = "The images are noisy already: add none, measure nothing.")
    boolean already;
  }

  @Mixin LambdaOption lambda;
  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "denoise")) {
      new DenoisingRun(spark, partitions.count)
          .run(
              model,
              input,
              output,
              new DenoisingRun.Options(noise.sigma, seed.or(1), lambda.values),
              common.overwrite,
              common.terminal());
      return 0;
    }
  }
}
