package org.deconvnet.jobs;

import java.util.concurrent.Callable;
import org.deconvnet.jobs.doctor.Doctor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks this machine, and says what to do where a run would fail or be slow.",
      "Each line begins with ok, note or problem. The exit code is 1 where there is a problem."
    },
    footerHeading = "%nExample:%n",
    footer = "  ./deconvnet doctor --input PHOTOS")
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "Images to read: a folder, loose or packed, whose first files are tried; default: none.")
  String input;

  @Mixin SparkOptions options;

  @Override
  public Integer call() {
    boolean healthy =
        new Doctor(System.out).examine(() -> SparkRuntime.start(options, "doctor"), input);
    return healthy ? 0 : 1;
  }
}
