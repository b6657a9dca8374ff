package org.deconvnet.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.deconvnet.speed.SpeedReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures this machine: its peak, the kernels' share of it, images a second.")
final class BenchCommand implements Callable<Integer> {
  /** Below, kernels are timed while the JVM still compiles them. */
  private static final double LEAST = 20;

  @Spec private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the numbers there.")
  Path json;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "About how long to measure, at least 20 for numbers to go by; default: ${DEFAULT-VALUE}.")
  @Within(above = 0)
  double seconds;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "One of auto, vector, scalar; default: ${DEFAULT-VALUE}.")
  String engine;

  @Override
  public Integer call() throws IOException {
    if (seconds < LEAST) {
      spec.commandLine()
          .getErr()
          .println(
              "deconvnet: in less than %.0f seconds the JVM does not compile all kernels: numbers may be far too low"
                  .formatted(LEAST));
    }
    SpeedReport report = SpeedReport.measure(engine, seconds);
    System.out.print(report.table());
    if (json != null) {
      Files.writeString(json, toJson(report) + "\n");
    }
    return 0;
  }

  private static String toJson(SpeedReport report) throws IOException {
    return new ObjectMapper()
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValueAsString(report);
  }
}
