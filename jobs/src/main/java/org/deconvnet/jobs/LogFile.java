package org.deconvnet.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The file that takes Spark's log, so that the terminal need not: {@code
 * conf/log4j2-terminal.properties} reads its name, and whether the terminal shows the log too, from
 * system properties. Where {@code spark-submit} starts the program, logs go where Spark's own
 * configuration says, and there is no such file.
 */
final class LogFile {
  static final String VERBOSE = "--verbose";

  /** Set by the launcher alone. */
  private static final String HOME = "deconvnet.home";

  private static final String FILE = "deconvnet.log";
  private static final String TERMINAL = "deconvnet.terminal";

  private LogFile() {}

  /**
   * Makes the file, in the folder for temporary files, and says to the log's configuration where it
   * is. Must come before the first logger.
   *
   * @param arguments the command line
   */
  static void choose(String... arguments) {
    if (System.getProperty(HOME) == null || System.getProperty(FILE) != null) {
      return;
    }
    try {
      Path file = Files.createTempFile("deconvnet-", ".log");
      System.setProperty(FILE, file.toString());
      // A command that logs nothing leaves nothing.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteIfEmpty(file.toFile())));
    } catch (IOException e) {
      System.err.println("deconvnet: no file for Spark's log: " + e.getMessage());
      System.setProperty(TERMINAL, "warn");
    }
    if (Arrays.asList(arguments).contains(VERBOSE)) {
      System.setProperty(TERMINAL, "info");
    }
  }

  private static void deleteIfEmpty(File file) {
    if (file.length() == 0 && !file.delete()) {
      file.deleteOnExit();
    }
  }

  /** Where the log is, as the end of a message; empty where nothing was logged. */
  static String reminder() {
    String name = name();
    return name.isEmpty() ? "" : System.lineSeparator() + "deconvnet: Spark's log is in " + name;
  }

  /** The file with something in it; empty where there is none. */
  static String name() {
    String name = System.getProperty(FILE, "");
    return new File(name).length() == 0 ? "" : name;
  }
}
