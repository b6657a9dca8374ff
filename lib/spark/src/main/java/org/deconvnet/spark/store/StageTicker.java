package org.deconvnet.spark.store;

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
  private static final long SECONDS_OF_BAR = 1;
  static final long NANOS_BETWEEN = TimeUnit.SECONDS.toNanos(SECONDS);
  private static final int WORTH_SAYING = 4;

  private final Terminal terminal;
  private final String name;
  private final BooleanSupplier quiet;
  private final long start = System.nanoTime();

  private StageTicker(String name, Terminal terminal, BooleanSupplier quiet) {
    this.name = name;
    this.quiet = quiet;
    this.terminal = terminal;
  }

  /**
   * @param quiet whether nothing else has been said for a while
   */
  static <T> T during(String name, Terminal terminal, BooleanSupplier quiet, Supplier<T> work) {
    StageTicker ticker = new StageTicker(name, terminal, quiet);
    SparkStatusTracker tracker = SparkSession.active().sparkContext().statusTracker();
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, name));
    long between = terminal.draws() ? SECONDS_OF_BAR : SECONDS;
    ScheduledFuture<?> ticking =
        clock.scheduleAtFixedRate(() -> ticker.tick(tracker), between, between, TimeUnit.SECONDS);
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

  private void show(SparkStageInfo stage) {
    String text =
        "%s  %d of %s  %.0f s"
            .formatted(
                name,
                stage.numCompletedTasks(),
                Count.of(stage.numTasks(), "partition"),
                (System.nanoTime() - start) / 1e9);
    if (terminal.draws()) {
      terminal.bar((double) stage.numCompletedTasks() / stage.numTasks(), text);
    } else {
      terminal.step(text);
    }
  }

  private void tick(SparkStatusTracker tracker) {
    if (!quiet.getAsBoolean()) {
      return;
    }
    for (int id : tracker.getActiveStageIds()) {
      SparkStageInfo stage = tracker.getStageInfo(id).getOrElse(() -> null);
      if (stage != null && stage.numTasks() >= WORTH_SAYING && stage.numCompletedTasks() > 0) {
        show(stage);
      }
    }
  }
}
