package org.deconvnet.jobs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of a run as a person would type it again, for its report. */
final class CommandText {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:=,+@%-]+");

  /** A setting whose value is nobody's business, by the words that Spark's own redaction knows. */
  private static final Pattern SECRET =
      Pattern.compile(
          "((?:--conf=)?[^=]*(?:secret|password|token|access[.]?key|credential)[^=]*=).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private CommandText() {}

  /**
   * @param arguments of the program, the verb first
   */
  static String of(List<String> arguments) {
    return Stream.concat(Stream.of(program()), arguments.stream().map(CommandText::word))
        .collect(Collectors.joining(" "));
  }

  /** The launcher names the folder that it lies in; without it, spark-submit was the way. */
  private static String program() {
    return System.getProperty("deconvnet.home") == null
        ? "spark-submit --class org.deconvnet.jobs.Main deconvnet.jar"
        : "./deconvnet";
  }

  private static String word(String argument) {
    Matcher secret = SECRET.matcher(argument);
    return quoted(secret.matches() ? secret.group(1) + "(withheld)" : argument);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
