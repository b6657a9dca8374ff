package org.deconvnet.spark.store;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few seconds, for those on other machines, that a run still goes on; until closed.
 * Thread-safe.
 */
final class SignsOfLife implements AutoCloseable {
  static final Duration BETWEEN = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "signs of life");
            thread.setDaemon(true);
            return thread;
          });
  private final LongConsumer give;
  private long signs;

  /**
   * @param give gets 1, 2, 3, …
   */
  SignsOfLife(Duration between, LongConsumer give) {
    this.give = give;
    var unused =
        clock.scheduleWithFixedDelay(
            this::sign, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void sign() {
    if (clock.isShutdown()) {
      return;
    }
    try {
      give.accept(++signs);
    } catch (UncheckedIOException e) {
      // The run's own writing fails, if this lasts; a missed sign alone does no harm.
      LOG.warn("no sign of life: {}", e.getMessage());
    }
  }

  /** No sign is given once this has returned. */
  @Override
  public synchronized void close() {
    clock.shutdownNow();
  }
}
