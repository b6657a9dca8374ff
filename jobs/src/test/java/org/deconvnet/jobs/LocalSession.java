package org.deconvnet.jobs;

import org.apache.spark.sql.SparkSession;

/** A session of one core on the loopback address, for tests that read what the program wrote. */
final class LocalSession {
  private LocalSession() {}

  static SparkSession start() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "localhost")
        .getOrCreate();
  }
}
