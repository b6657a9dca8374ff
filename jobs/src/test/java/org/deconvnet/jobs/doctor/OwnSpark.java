package org.deconvnet.jobs.doctor;

import org.apache.spark.sql.SparkSession;

/** A session of one test class, which ends it: other tests of this JVM start their own. */
final class OwnSpark {
  private OwnSpark() {}

  static SparkSession start() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("doctor's tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }
}
