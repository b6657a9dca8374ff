package org.deconvnet.jobs;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What is said when the program is stopped from outside, by Ctrl-C or by a cluster: one line, and
 * nothing after it. Spark ends its context meanwhile, and so the job under way fails; that is no
 * failure to tell of. The exit code is the JVM's own: 128 and the signal's number. A person who has
 * pressed Ctrl-C waits for two seconds at most; a cluster that sends SIGTERM has its own patience.
 */
final class Stopping {
  /** Verbs that print or measure, and have nothing to go on from. */
  private static final Set<String> AT_ONCE = Set.of("doctor", "speed", "completion");

  private static final String CTRL_C = "SIGINT handler";
  private static final int CTRL_C_CODE = 130;

  /** What Spark gets to end in; the rest of two seconds is the JVM's. */
  private static final long PATIENCE_MILLIS = 1_700;

  private static volatile boolean stopped;
  private static volatile boolean over;

  private Stopping() {}

  /**
   * From now on a stop says its line, on the error stream.
   *
   * @param arguments the command line
   */
  static void watch(String... arguments) {
    PrintStream terminal = System.err;
    Gate out = new Gate(System.out);
    Gate err = new Gate(terminal);
    System.setOut(stream(out, "stdout"));
    System.setErr(stream(err, "stderr"));
    // Before Spark's hooks, which run in the same list: they end what then fails.
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              if (!over && bySignal()) {
                stopped = true;
                out.shut();
                err.shut();
                endAtLast();
                terminal.println(Screen.fresh() + "deconvnet: " + line(arguments));
                terminal.flush();
              }
            },
            Integer.MAX_VALUE);
  }

  /**
   * Whether a signal ends the program, which the JVM gives a thread of its own; Spark ends it as
   * well, by exit code 52 where a heap is full, and then there is more to say than one line.
   */
  private static boolean bySignal() {
    return handling("SIG\\w+ handler");
  }

  private static boolean handling(String signal) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches(signal));
  }

  /** After Ctrl-C the process ends even where Spark's own hooks take long or hang. */
  private static void endAtLast() {
    if (!handling(CTRL_C)) {
      return;
    }
    Thread last =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(PATIENCE_MILLIS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(CTRL_C_CODE);
            },
            "end after Ctrl-C");
    last.setDaemon(true);
    last.start();
  }

  /** The text's encoding stays what the JVM chose for this stream. */
  private static PrintStream stream(Gate gate, String name) {
    String set =
        System.getProperty(name + ".encoding", System.getProperty("sun." + name + ".encoding"));
    return new PrintStream(
        gate, true, set == null ? Charset.defaultCharset() : Charset.forName(set));
  }

  /** The command has ended: what follows is the process's own end. */
  static void over() {
    over = true;
  }

  static boolean stopped() {
    return stopped;
  }

  /** What the same command does when it is given again. */
  static String line(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    String verb = words.isEmpty() ? "" : words.get(0);
    if (AT_ONCE.contains(verb)) {
      return "stopped";
    }
    if (verb.equals("benchmark") && !words.contains("--fresh")) {
      return "stopped; the same command begins anew, with the networks and pyramids that were"
          + " finished";
    }
    boolean trains = verb.equals("train") || words.size() > 1 && words.get(1).equals("train");
    if (!trains) {
      return "stopped; the same command begins from the start";
    }
    return words.contains("--overwrite")
        ? "stopped; the same command without --overwrite goes on where it was"
        : "stopped; the same command goes on where it was";
  }
}
