package org.deconvnet.spark.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that writes an output folder, as a file in the folder says while the run goes on: a
 * folder whose run broke off may be taken over, one that is being written may not. Immutable.
 *
 * @param machine its name and, where there are several, the space that process numbers count in:
 *     two containers may share a name
 * @param process its number there
 * @param started of the process, to the second
 */
record FolderWriter(String machine, long process, Instant started) {
  private static final Pattern TEXT =
      Pattern.compile("process (\\d+) on (.+), started (\\S+)(, sign of life \\d+)?");

  /** The clock that a process's start is read from may have been set since. */
  private static final Duration SAME_START = Duration.ofSeconds(10);

  /** This process. */
  static FolderWriter here() {
    ProcessHandle self = ProcessHandle.current();
    Instant started = self.info().startInstant().orElse(Instant.EPOCH);
    return new FolderWriter(
        thisMachine(), self.pid(), Instant.ofEpochSecond(started.getEpochSecond()));
  }

  private static String thisMachine() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine that does not know its own name has none; its numbers below may still tell it.
      name = "unnamed";
    }
    try {
      return name + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      // Not Linux: process numbers count for the whole machine.
      return name;
    }
  }

  /** Empty for a text that no writer left, or that is not whole. */
  static Optional<FolderWriter> parse(String text) {
    Matcher match = TEXT.matcher(text.trim());
    return match.matches()
        ? Optional.of(
            new FolderWriter(
                match.group(2), Long.parseLong(match.group(1)), Instant.parse(match.group(3))))
        : Optional.empty();
  }

  /** What the file says; another number of signs tells a reader that the process lives. */
  String text(long signs) {
    return "process %d on %s, started %s, sign of life %d"
        .formatted(process, machine, started, signs);
  }

  /** For people. */
  String display() {
    return "process %d on %s".formatted(process, machine.split(" ", 2)[0]);
  }

  /**
   * Whether it still runs; empty where only the process itself can tell, on another machine. This
   * process counts as ended: whoever asks has its run behind it.
   */
  Optional<Boolean> runs() {
    if (!machine.equals(thisMachine())) {
      return Optional.empty();
    }
    boolean self = process == ProcessHandle.current().pid();
    return Optional.of(!self && ProcessHandle.of(process).filter(this::isSame).isPresent());
  }

  private boolean isSame(ProcessHandle other) {
    Instant itsStart = other.info().startInstant().orElse(Instant.EPOCH);
    return other.isAlive() && Duration.between(itsStart, started).abs().compareTo(SAME_START) < 0;
  }
}
