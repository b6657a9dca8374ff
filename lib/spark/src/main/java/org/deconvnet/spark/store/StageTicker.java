package org.deconvnet.spark.store;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.words.Count;

/** While a long stage runs, says every few seconds how many partitions of Spark's work are done. */
final class StageTicker {
  private static final long SECONDS = 10;
  static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(SECONDS);
  private static final int WORTH_SAYING = 4;

  private final PrintStream terminal;
  private final String name;
  private final BooleanSupplier quiet;
  private final long start = System.nanoTime();

  private StageTicker(String name, PrintStream terminal, BooleanSupplier quiet) {
    this.name = name;
    this.quiet = quiet;
    this.terminal = terminal;
  }

  /**
   * @param quiet whether nothing else has been said for a while
   */
  static <T> T during(String name, PrintStream terminal, BooleanSupplier quiet, Supplier<T> work) {
    StageTicker ticker = new StageTicker(name, terminal, quiet);
    SparkStatusTracker tracker = SparkSession.active().sparkContext().statusTracker();
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name));
    ScheduledFuture<?> ticking =
        clock.scheduleAtFixedRate(() -> ticker.tick(tracker), SECONDS, SECONDS, TimeUnit.SECONDS);
    try {
      return work.get();
    } finally {
      ticking.cancel(true);
      clock.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, "progress of " + name);
    thread.setDaemon(true);
    return thread;
  }

  private void tick(SparkStatusTracker tracker) {
    if (!quiet.getAsBoolean()) {
      return;
    }
    for (int id : tracker.getActiveStageIds()) {
      SparkStageInfo stage = tracker.getStageInfo(id).getOrElse(() -> null);
      if (stage != null && stage.numTasks() >= WORTH_SAYING && stage.numCompletedTasks() > 0) {
        double elapsed = (System.nanoTime() - start) / 1e9;
        terminal.printf(
            "%s  %d of %s  %.0f s%n",
            name, stage.numCompletedTasks(), Count.of(stage.numTasks(), "partition"), elapsed);
      }
    }
  }
}
