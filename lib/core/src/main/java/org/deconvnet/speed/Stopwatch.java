package org.deconvnet.speed;

import java.util.Arrays;

/** Times one piece of work over and over. Thread-safe. */
final class Stopwatch {
  private Stopwatch() {}

  /**
   * Seconds of one run: the median over the second half of the time, once the compiler has done.
   *
   * @param seconds how long to go on, at least one run
   */
  static double median(double seconds, Runnable work) {
    double[] times = new double[1024];
    int runs = 0;
    long start = System.nanoTime();
    double half = 0;
    while (half < seconds / 2 || runs == 0) {
      long before = System.nanoTime();
      work.run();
      long after = System.nanoTime();
      half = (after - start) / 1e9 - seconds / 2;
      if (half > 0) {
        times[runs % times.length] = (after - before) / 1e9;
        runs++;
      }
    }
    double[] kept = Arrays.copyOf(times, Math.min(runs, times.length));
    Arrays.sort(kept);
    return kept[kept.length / 2];
  }
}
