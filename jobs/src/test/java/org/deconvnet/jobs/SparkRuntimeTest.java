package org.deconvnet.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.deconvnet.spark.store.RunMetricsPlugin;
import org.junit.jupiter.api.Test;

class SparkRuntimeTest {
  @Test
  void theShippedSettingsGiveDriversEveryOptionThatSparkNeedsAndExecutorsTheVectorApi()
      throws IOException {
    Properties shipped = new Properties();
    Path file = Path.of(System.getProperty("deconvnet.root"), "conf", "spark-defaults.conf");
    try (InputStream in = Files.newInputStream(file)) {
      shipped.load(in);
    }
    assertThat(List.of(shipped.getProperty("spark.driver.extraJavaOptions").split(" ")))
        .contains(JavaModuleOptions.defaultModuleOptionArray());
    assertThat(shipped.getProperty("spark.executor.extraJavaOptions"))
        .contains("--add-modules=jdk.incubator.vector");
  }

  @Test
  void aWorkersSecretIsTakenWhereAuthenticationIsOn() {
    SparkConf open = new SparkConf(false);
    SparkRuntime.takeSecret(open, "s");
    assertThat(open.contains("spark.authenticate.secret")).isFalse();
    SparkConf closed = new SparkConf(false).set("spark.authenticate", "true");
    SparkRuntime.takeSecret(closed, null);
    assertThat(closed.contains("spark.authenticate.secret")).isFalse();
    SparkRuntime.takeSecret(closed, "s");
    assertThat(closed.get("spark.authenticate.secret")).isEqualTo("s");
    SparkRuntime.takeSecret(closed, "other");
    assertThat(closed.get("spark.authenticate.secret")).isEqualTo("s");
  }

  @Test
  void theNumbersOfARunJoinWhatTheUserHasSparkLoad() {
    SparkConf conf = new SparkConf(false);
    SparkRuntime.addPlugin(conf);
    String ours = RunMetricsPlugin.class.getName();
    assertThat(conf.get("spark.plugins")).isEqualTo(ours);
    SparkRuntime.addPlugin(conf.set("spark.plugins", "a.Plugin"));
    SparkRuntime.addPlugin(conf);
    assertThat(conf.get("spark.plugins")).isEqualTo("a.Plugin," + ours);
  }

  @Test
  void prometheusIsServedUnlessTheUserSaysWhere() {
    SparkConf conf = new SparkConf(false);
    SparkRuntime.servePrometheus(conf);
    String sink = "spark.metrics.conf.driver.sink.prometheusServlet.";
    assertThat(conf.get(sink + "class"))
        .isEqualTo("org.apache.spark.metrics.sink.PrometheusServlet");
    assertThat(conf.get(sink + "path")).isEqualTo("/metrics/prometheus");
    SparkRuntime.servePrometheus(conf.set(sink + "path", "/numbers"));
    assertThat(conf.get(sink + "path")).isEqualTo("/numbers");
  }

  @Test
  void executorsGetAUtf8LocaleUnlessTheUserSaysWhich() {
    SparkConf conf = new SparkConf(false);
    SparkRuntime.forExecutors(conf);
    assertThat(conf.get("spark.executorEnv.LC_ALL")).isEqualTo("C.UTF-8");
    conf.set("spark.executorEnv.LC_ALL", "de_DE.UTF-8");
    SparkRuntime.forExecutors(conf);
    assertThat(conf.get("spark.executorEnv.LC_ALL")).isEqualTo("de_DE.UTF-8");
  }

  @Test
  void whatTheUserSetsForS3Wins() {
    SparkConf conf = new SparkConf(false).set("spark.hadoop.fs.s3a.committer.name", "directory");
    S3Defaults.apply(conf, List.of("train", "--input=hdfs://host/corpus"));
    assertThat(conf.getAll()).hasSize(1);
    S3Defaults.apply(conf, List.of("train", "--input=s3a://data/corpus"));
    assertThat(conf.get("spark.hadoop.fs.s3a.committer.name")).isEqualTo("directory");
    assertThat(conf.get("spark.sql.sources.commitProtocolClass"))
        .endsWith("PathOutputCommitProtocol");
  }
}
