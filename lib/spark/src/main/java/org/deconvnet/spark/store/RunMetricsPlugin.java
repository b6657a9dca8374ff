package org.deconvnet.spark.store;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Puts the numbers of a run among the metrics of Spark's driver: {@code spark.plugins} names this
 * class. Executors get nothing.
 */
public final class RunMetricsPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public void registerMetrics(String application, PluginContext context) {
        register(context.metricRegistry());
      }
    };
  }

  /** None: Spark takes null for it. */
  @Override
  public ExecutorPlugin executorPlugin() {
    return null;
  }

  private static void register(MetricRegistry registry) {
    RunMetrics.all()
        .forEach((name, value) -> registry.register(name, (Gauge<Double>) value::getAsDouble));
  }
}
