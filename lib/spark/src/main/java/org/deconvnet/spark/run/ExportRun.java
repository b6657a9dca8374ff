package org.deconvnet.spark.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.network.Network;
import org.deconvnet.spark.corpus.SeparateFolders;
import org.deconvnet.spark.store.Metrics;
import org.deconvnet.spark.store.ModelFolder;
import org.deconvnet.spark.store.OnnxFormat;
import org.deconvnet.spark.store.OutputFolder;
import org.deconvnet.spark.store.Progress;
import org.deconvnet.store.NpyFormat;
import org.deconvnet.tensor.FilterBank;
import org.deconvnet.words.Count;

/**
 * A model's filters for other programs: {@code layer1.npy}, … and {@code layer1.onnx}, …, from a
 * layer's maps to what they reconstruct.
 */
public final class ExportRun {
  private final SparkSession spark;

  public ExportRun(SparkSession spark) {
    this.spark = spark;
  }

  public void run(String model, String out, boolean overwrite, PrintStream terminal) {
    SeparateFolders.requireKept(spark, out, model);
    Network network = ModelFolder.read(spark, model).network().network();
    OutputFolder output = OutputFolder.create(spark, out, overwrite);
    try (Progress progress = new Progress(terminal, output, 1)) {
      progress.stage(
          "write",
          "writing the filters of " + Count.of(network.depth(), "layer"),
          () -> {
            for (int number = 1; number <= network.depth(); number++) {
              write(network.filters(number), "layer" + number, output);
            }
            return null;
          });
      output.write(
          "metrics.json",
          new Metrics()
              .put("model", network.family())
              .put("fingerprint", network.fingerprint())
              .put("layers", LayerFacts.of(network))
              .time(progress)
              .toJson());
      output.complete();
      progress.say("filters: " + output.display());
    }
  }

  private static void write(FilterBank f, String name, OutputFolder output) {
    try (OutputStream npy = output.create(name + ".npy");
        OutputStream onnx = output.create(name + ".onnx")) {
      NpyFormat.write(npy, f.data(), f.maps(), f.channels(), f.side(), f.side());
      onnx.write(OnnxFormat.of(f, name));
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(output.path(name), e.getMessage()), e);
    }
  }
}
