package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.InpaintingRun;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "inpaint",
    mixinStandardHelpOptions = true,
    description = {
      "Fills in hidden pixels of a folder of images by a model (network.model: csc).",
      "With --missing, pixels are hidden for a trial, and SNR and PSNR say how well they come back;"
          + " which ones follows from an image's path below PATH and --seed (default 1) alone.",
      "Writes images/NAME/masked.png, filled.png (a mean of the neighbours), inpainted.png,"
          + " original.png."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet inpaint --model MODEL --input PHOTOS --output RESULT \\",
      "    --missing 0.5 --lambda 0.03"
    })
final class InpaintCommand implements Callable<Integer> {
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
  Hidden hidden;

  /** One of the two. */
  static final class Hidden {
    @Option(
        names = "--missing",
        paramLabel = "SHARE",
        description = "Share of pixels to hide at random, above 0 and below 1.")
    @Within(above = 0, below = 1)
    Double missing;

    @Option(
        names = "--masks",
        paramLabel = "DIR",
        description =
            "Folder of PNG files of the images' sizes, black where a pixel is hidden: one at each"
                + " image's path below PATH, .png in place of its extension. Nothing is measured.")
    String masks;
  }

  @Mixin LambdaOption lambda;
  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "inpaint")) {
      new InpaintingRun(spark, partitions.count)
          .run(
              model,
              input,
              output,
              new InpaintingRun.Options(hidden.missing, hidden.masks, seed.or(1), lambda.values),
              common.overwrite,
              common.terminal());
      return 0;
    }
  }
}
