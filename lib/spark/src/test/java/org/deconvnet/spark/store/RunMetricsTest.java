package org.deconvnet.spark.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import java.lang.reflect.Proxy;
import org.apache.spark.api.plugin.PluginContext;
import org.deconvnet.learn.LayerProgress;
import org.junit.jupiter.api.Test;

class RunMetricsTest {
  private final MetricRegistry registry = new MetricRegistry();

  private double value(String name) {
    return (Double) registry.getGauges().get(name).getValue();
  }

  @Test
  void theDriversMetricsFollowTheRun() {
    register();
    RunMetrics.begin();
    assertThat(registry.getGauges())
        .containsOnlyKeys(
            "badImages", "epoch", "imagesPerSecond", "layer", "objective", "sparsity");
    assertThat(value("objective")).isNaN();
    assertThat(value("badImages")).isZero();
    RunMetrics.skipped(2);
    RunMetrics.skipped(1);
    RunMetrics.learned(new LayerProgress(2, 5, 10, 30, 50, 0.25, 0.125), 12.5);
    assertThat(value("imagesPerSecond")).isEqualTo(12.5);
    assertThat(value("objective")).isEqualTo(8);
    assertThat(value("sparsity")).isEqualTo(0.125);
    assertThat(value("layer")).isEqualTo(2);
    assertThat(value("epoch")).isEqualTo(5);
    assertThat(value("badImages")).isEqualTo(3);
    RunMetrics.begin();
    assertThat(value("badImages")).isZero();
    assertThat(value("layer")).isNaN();
  }

  @Test
  void executorsGetNothing() {
    assertThat(new RunMetricsPlugin().executorPlugin()).isNull();
  }

  /** As Spark does where it starts. */
  private void register() {
    PluginContext context =
        (PluginContext)
            Proxy.newProxyInstance(
                PluginContext.class.getClassLoader(),
                new Class<?>[] {PluginContext.class},
                (proxy, method, arguments) -> registry);
    new RunMetricsPlugin().driverPlugin().registerMetrics("application", context);
  }
}
