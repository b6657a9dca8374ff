package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.PackRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = {
      "Packs a folder of many small images into a few large files, which every command takes as"
          + " --input.",
      "The images' bytes, paths and classes stay as they are."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet pack --input PHOTOS --output PACKED")
final class PackCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Images to read: a folder.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the packed images.")
  String output;

  @Option(
      names = "--shard-mb",
      paramLabel = "N",
      defaultValue = "128",
      description = "Megabytes (1024 x 1024 bytes) of a file; default: ${DEFAULT-VALUE}.")
  @Within(least = 1)
  int shardMegabytes;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "pack")) {
      new PackRun(spark).run(input, output, shardMegabytes, common.overwrite, common.terminal());
      return 0;
    }
  }
}
