package org.deconvnet.jobs;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import org.deconvnet.spark.store.Terminal;

/** Whether the standard output is a screen that a person looks at, and what it can show. */
final class Screen {
  private static final int COLUMNS = 80;

  private Screen() {}

  /** A bar on a screen, lines elsewhere: in a file, in a pipe, on a build machine. */
  static Terminal terminal(PrintStream out, boolean quiet, boolean verbose) {
    if (quiet) {
      return new Terminal(out, Terminal.Style.QUIET, COLUMNS);
    }
    // A log runs through a bar.
    boolean bar = !verbose && redraws(System.getenv(), isScreen(System.console()));
    return new Terminal(
        out, bar ? Terminal.Style.BAR : Terminal.Style.LINES, columns(System.getenv("COLUMNS")));
  }

  /**
   * Whether a line may be drawn again in its place.
   *
   * @param screen whether input and output are a terminal
   */
  static boolean redraws(Map<String, String> environment, boolean screen) {
    String kind = environment.getOrDefault("TERM", "");
    boolean plain = kind.equals("dumb") || environment.containsKey("CI");
    return screen && !plain;
  }

  /** From Java 22 on there is a console where there is no terminal, too, and it says so. */
  private static boolean isScreen(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  static int columns(String variable) {
    return variable != null && variable.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(variable)
        : COLUMNS;
  }

  /** What takes a bar away before a line that comes from elsewhere; empty where none can be. */
  static String fresh() {
    return redraws(System.getenv(), isScreen(System.console())) ? Terminal.CLEAR : "";
  }
}
