package org.deconvnet.spark.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.deconvnet.words.Count;

/**
 * What a trial on a few images took, and so what all of them will take: time in proportion to the
 * images and shared by all cores. Not thread-safe.
 */
final class Trial {
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double MB = 1 << 20;

  private final long images;
  private final int cores;

  /**
   * @param images of the trial, at least 1
   * @param cores that will work, at least 1; the trial has one
   */
  Trial(long images, int cores) {
    this.images = images;
    this.cores = cores;
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** What a piece of work gave, and its seconds on one core. */
  record Timed<T>(T result, double seconds) {
    static <T> Timed<T> of(Supplier<T> work) {
      long start = System.nanoTime();
      return new Timed<>(work.get(), (System.nanoTime() - start) / 1e9);
    }
  }

  /** About how long all images take, in words, from the seconds that the trial's took. */
  String time(double seconds, long all) {
    return words(seconds * all / images / cores);
  }

  static String words(double seconds) {
    return seconds < 2 * MINUTE
        ? Count.of(Math.max(1, Math.round(seconds)), "second")
        : seconds < 2 * HOUR
            ? Count.of(Math.round(seconds / MINUTE), "minute")
            : String.format(Locale.ROOT, "%.1f hours", seconds / HOUR);
  }

  /** Bytes in words: MB are of 1024 × 1024 bytes. */
  static String megabytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f MB", Math.ceil(bytes / MB));
  }

  /** The most that the heap held since the trial began, in bytes: what could have gone included. */
  static long heapPeak() {
    return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
