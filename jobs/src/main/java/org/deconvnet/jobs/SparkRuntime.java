package org.deconvnet.jobs;

import java.io.File;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.jobs.doctor.MemoryCheck;
import org.deconvnet.spark.page.RunHeader;
import org.deconvnet.spark.store.RunMetricsPlugin;

/** Makes the Spark session of a command. */
final class SparkRuntime {
  private static final String PIECES = "spark.sql.files.minPartitionNum";
  private static final String PROMETHEUS = "spark.metrics.conf.driver.sink.prometheusServlet.";
  private static final String PLUGINS = "spark.plugins";
  private static final String SECRET = "spark.authenticate.secret";

  private SparkRuntime() {}

  static SparkSession start(SparkOptions common, String name) {
    SparkConf conf = new SparkConf().setAppName("deconvnet " + name);
    if (common.master != null) {
      conf.setMaster(common.master);
    }
    common.settings.forEach(conf::set);
    S3Defaults.apply(conf, common.arguments());
    conf.set(RunHeader.COMMAND, CommandText.of(common.arguments()));
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.ui.enabled", "false");
    conf.setIfMissing("spark.driver.maxResultSize", "2g");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "localhost");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else {
      forExecutors(conf);
    }
    takeSecret(conf, System.getenv("_SPARK_AUTH_SECRET"));
    addPlugin(conf);
    servePrometheus(conf);
    MemoryCheck.requireEnough(Runtime.getRuntime().maxMemory(), conf);
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    if (!conf.contains(PIECES)) {
      // A packed corpus of a few shards is cut so that every core has work twice.
      spark.conf().set(PIECES, 2L * spark.sparkContext().defaultParallelism());
    }
    return spark;
  }

  /** The numbers of a run join Spark's own metrics; what the user has Spark load stays. */
  static void addPlugin(SparkConf conf) {
    String given = conf.get(PLUGINS, "");
    String ours = RunMetricsPlugin.class.getName();
    if (!Arrays.asList(given.split(",")).contains(ours)) {
      conf.set(PLUGINS, given.isBlank() ? ours : given + "," + ours);
    }
  }

  /**
   * Spark's own pages do not have this one unless they are told. A file of the user's own, which
   * {@code spark.metrics.conf} names, counts in place of it.
   */
  static void servePrometheus(SparkConf conf) {
    conf.setIfMissing(PROMETHEUS + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing(PROMETHEUS + "path", "/metrics/prometheus");
  }

  /** They fetch this program from the driver, and take the encoding of file names from a locale. */
  static void forExecutors(SparkConf conf) {
    conf.setIfMissing("spark.jars", jar());
    conf.setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8");
  }

  /**
   * A standalone worker hands the cluster's secret to a driver in the environment, so that no
   * process list shows it; Spark then asks for it in the configuration alone.
   */
  static void takeSecret(SparkConf conf, String secret) {
    if (secret != null && conf.getBoolean("spark.authenticate", false)) {
      conf.setIfMissing(SECRET, secret);
    }
  }

  /** This program's jar, which executors fetch from the driver. */
  private static String jar() {
    try {
      return new File(
              SparkRuntime.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the location of this program is no URI", e);
    }
  }
}
