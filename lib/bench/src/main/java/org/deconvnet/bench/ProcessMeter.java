package org.deconvnet.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Time and memory of this process, all threads, the JVM's compilers and collectors included: what a
 * peer in another language is measured by too. Memory is read from /proc, on Linux only.
 */
final class ProcessMeter {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path STATUS = Path.of("/proc/self/status");

  private final long residentAtStart = bytes("VmRSS");

  /**
   * What a piece of work took.
   *
   * @param seconds on the wall
   * @param cpuSeconds of all threads
   */
  record Time(double seconds, double cpuSeconds) {}

  /** The mean of several runs, since a process' CPU time comes in steps of about 10 ms. */
  static Time time(int runs, Runnable work) {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    for (int run = 0; run < runs; run++) {
      work.run();
    }
    double wallEnd = (System.nanoTime() - wall) * 1e-9;
    return new Time(wallEnd / runs, (SYSTEM.getProcessCpuTime() - cpu) * 1e-9 / runs);
  }

  /** The highest resident memory so far less that when this meter was made, in MB of 10⁶ bytes. */
  double peakMegabytes() {
    return (bytes("VmHWM") - residentAtStart) * 1e-6;
  }

  private static long bytes(String key) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow(() -> new IOException("expected a line " + key + ", found none"));
    } catch (IOException e) {
      throw new IllegalStateException(STATUS + ": resident memory can be read on Linux only", e);
    }
  }
}
