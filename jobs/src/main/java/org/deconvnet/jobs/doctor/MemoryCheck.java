package org.deconvnet.jobs.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.spark.SparkConf;
import org.deconvnet.tensor.UserErrorException;

/** The heap of this JVM beside the memory of the machine, or of the container that it runs in. */
public final class MemoryCheck {
  static final String NAME = "memory";

  /** Spark starts with no less. */
  private static final long LEAST = 450 * Bytes.MB;

  /** Half of what {@code ./deconvnet} takes where it is not told otherwise. */
  private static final long COMFORTABLE = 2 * Bytes.GB;

  /** Beside the heap there are threads, buffers, compiled code and other programs. */
  private static final double SHARE = 0.8;

  private MemoryCheck() {}

  /**
   * Refuses a process that Spark would not start in, or whose executors it would not.
   *
   * @param heap of this process, its limit in bytes
   * @throws UserErrorException saying how to give more
   */
  public static void requireEnough(long heap, SparkConf conf) {
    if (heap < LEAST) {
      throw tooLittle("a heap", heap, give("4g"));
    }
    long executor = conf.getSizeAsBytes("spark.executor.memory", "1g");
    boolean local = conf.get("spark.master", "").startsWith("local");
    if (!local && executor < LEAST) {
      String remedy =
          "set --conf spark.executor.memory=2g, or --executor-memory 2g for spark-submit";
      throw tooLittle("executors", executor, remedy);
    }
  }

  private static UserErrorException tooLittle(String where, long got, String remedy) {
    return new UserErrorException(
        "memory: expected %s of at least %s, since Spark starts with no less, got %s; %s"
            .formatted(where, Bytes.text(LEAST), Bytes.text(got), remedy));
  }

  static Check here() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return of(Runtime.getRuntime().maxMemory(), machine.getTotalMemorySize());
  }

  /**
   * @param heap its limit in bytes
   * @param machine memory in bytes
   */
  static Check of(long heap, long machine) {
    String found = "a heap of up to %s of %s".formatted(Bytes.text(heap), Bytes.text(machine));
    String expected =
        "at least %s, and at most %.0f %% of the machine's"
            .formatted(Bytes.text(COMFORTABLE), 100 * SHARE);
    if (heap < LEAST) {
      return Check.problem(NAME, found, expected, give("4g") + "; Spark does not start with less");
    }
    if (heap > machine) {
      return Check.problem(NAME, found, expected, give(fitting(machine)));
    }
    if (heap > SHARE * machine) {
      String why = "; else the system may stop a run whose heap is full";
      return Check.note(NAME, found, expected, give(fitting(machine)) + why);
    }
    return heap < COMFORTABLE
        ? Check.note(NAME, found, expected, give("4g") + " for large images or corpora")
        : Check.ok(NAME, found, expected);
  }

  private static String fitting(long machine) {
    return (long) (SHARE * machine / Bytes.MB) + "m";
  }

  private static String give(String size) {
    return "set DECONVNET_MEMORY=%s before ./deconvnet, or --driver-memory %s for spark-submit"
        .formatted(size, size);
  }
}
