package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.config.GenerationOptions;
import org.deconvnet.spark.run.GenerationRun;
import org.deconvnet.spark.store.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a generator from a folder of images, without labels.",
      "A discriminator that learns to tell its images from the folder's trains beside it."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ./deconvnet generate train --config conf/dcgan-cifar.yaml --input PHOTOS \\",
      "    --output MODEL"
    })
final class GenerateTrainCommand implements Callable<Integer> {
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
      description = "Where to write the model and its report.")
  String output;

  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description =
          "ONNX network in whose features samples are compared with images: Fréchet distance and"
              + " kernel MMD; default: they are not compared.")
  String judge;

  @Mixin SeedOption seed;
  @Mixin PartitionsOption partitions;
  @Mixin DryRunOption dry;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "generate train")) {
      GenerationOptions options = seed.in(ConfigLoader.loadToGenerate(spark, config));
      Terminal terminal = common.terminal();
      GenerationRun run = new GenerationRun(spark, options, partitions.count, judge);
      ConfigLoader.naming(
          spark,
          config,
          () -> {
            if (dry.wanted) {
              run.tryOut(input, output, terminal);
            } else {
              run.run(input, output, common.overwrite, terminal);
            }
          });
      return 0;
    }
  }
}
