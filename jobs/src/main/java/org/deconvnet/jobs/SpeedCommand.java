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
import picocli.CommandLine.Option;

@Command(
    name = "speed",
    mixinStandardHelpOptions = true,
    description =
        "Tests how fast this machine is: its peak, the kernels' share of it, images a second.",
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet speed --seconds 30 --output speed.json")
final class SpeedCommand implements Callable<Integer> {
  /** Below, a kernel is still being compiled when its share of the time is over. */
  private static final double LEAST = 20;

  /** A test of what is printed, and not of the numbers, may measure for less. */
  double least = LEAST;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write the numbers as JSON; default: nowhere but on the terminal.")
  Path output;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "About how long to measure, at least 20; default: ${DEFAULT-VALUE}.")
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
    if (!(seconds >= least)) {
      throw new ConfigException(
          "--seconds: expected at least %.0f, got %s; in less time the JVM does not compile all kernels, and the numbers mean nothing"
              .formatted(least, seconds));
    }
    SpeedReport report = SpeedReport.measure(engine, seconds);
    System.out.print(report.table());
    if (output != null) {
      Files.writeString(output, toJson(report) + "\n");
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
