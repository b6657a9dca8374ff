package org.deconvnet.spark.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.deconvnet.tensor.Checks;

/**
 * Where a run says how it goes. A result is a line, as on any stream; steps and the bar are for
 * those who watch. The bar is drawn again in its place, and gone when the next line comes. No
 * colours are used. Thread-safe.
 */
public final class Terminal extends PrintStream {
  /** How much is shown, and how. */
  public enum Style {
    /** Every line stays: for files and pipes. */
    LINES,
    /** Steps, and one line that is redrawn: for a screen. */
    BAR,
    /** Results alone. */
    QUIET
  }

  /** Takes a bar away: to the start of the line, and erase to its end. */
  public static final String CLEAR = "\r\u001b[K";

  private static final int BAR_WIDTH = 24;
  private static final int LEAST_COLUMNS = 10;

  private final PrintStream out;
  private final Style style;
  private final int columns;
  private boolean drawn;

  /**
   * @param columns of the screen, at least 10: a bar is cut to them
   */
  public Terminal(PrintStream out, Style style, int columns) {
    super(out, true, StandardCharsets.UTF_8);
    Checks.atLeast("columns of the terminal", LEAST_COLUMNS, columns);
    this.out = out;
    this.style = style;
    this.columns = columns;
  }

  /** The stream itself if it is one of these; any other shows lines. */
  static Terminal on(PrintStream stream) {
    return stream instanceof Terminal terminal
        ? terminal
        : new Terminal(stream, Style.LINES, LEAST_COLUMNS);
  }

  /** A line that is a result, and always shown. */
  @Override
  public synchronized void println(String line) {
    clear();
    out.println(line);
  }

  /** A line for those who watch. */
  void step(String line) {
    if (style != Style.QUIET) {
      println(line);
    }
  }

  /** Whether {@link #bar} draws anything. */
  boolean draws() {
    return style == Style.BAR;
  }

  /**
   * Draws the bar, in place of the one before.
   *
   * @param share that is done, from 0 to 1
   * @param text what is under way
   */
  synchronized void bar(double share, String text) {
    if (!draws()) {
      return;
    }
    String line = picture(share) + "  " + text;
    // A line that reaches the last column would wrap, and could not be taken away.
    out.print(CLEAR + line.substring(0, Math.min(line.length(), columns - 1)));
    out.flush();
    drawn = true;
  }

  /** A bar for a share from 0 to 1: {@code [######..................] 25 %}. */
  static String picture(double share) {
    double bounded = Math.max(0, Math.min(1, share));
    int full = (int) Math.round(bounded * BAR_WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%",
        "#".repeat(full),
        ".".repeat(BAR_WIDTH - full),
        Math.floor(100 * bounded));
  }

  /** Takes the bar away, if there is one. */
  synchronized void clear() {
    if (drawn) {
      out.print(CLEAR);
      out.flush();
      drawn = false;
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  /** The stream below belongs to the process and stays open. */
  @Override
  public void close() {
    clear();
  }
}
