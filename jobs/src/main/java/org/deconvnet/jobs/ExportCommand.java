package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.run.ExportRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a model's filters for other programs, a layer a file.",
      "NPY files (layer1.npy, ...) are for NumPy and import: (maps, channels, rows, columns).",
      "ONNX files (layer1.onnx, ...) hold a ConvTranspose from a layer's maps to what they"
          + " reconstruct."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet export --model MODEL --output FILTERS")
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model to read: a folder that train wrote.")
  String model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where to write the filters.")
  String output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws java.io.IOException {
    try (SparkSession spark = SparkRuntime.start(common, "export")) {
      new ExportRun(spark).run(model, output, common.overwrite, common.terminal());
      return 0;
    }
  }
}
