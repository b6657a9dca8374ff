package org.deconvnet.jobs;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM like this one, for what only a process of its own can show. */
final class ForkedJvm {
  private ForkedJvm() {}

  /**
   * @param options of the JVM, beside those that Spark needs
   * @param words of the program
   */
  static List<String> command(Class<?> main, List<String> options, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    // Whoever runs tests in the background has them ignore SIGINT, and so would this JVM.
    if (new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add") || option.startsWith("-XX"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(words);
    return command;
  }
}
