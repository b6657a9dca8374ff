package org.deconvnet.spark.ml;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/** Counts the jobs that start while it is open. */
final class JobCounter extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final AtomicInteger jobs = new AtomicInteger();

  JobCounter(SparkContext context) {
    this.context = context;
    context.addSparkListener(this);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    jobs.incrementAndGet();
  }

  /** So far; waits for those that Spark has still to tell of. */
  int count() throws Exception {
    context.listenerBus().waitUntilEmpty();
    return jobs.get();
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
